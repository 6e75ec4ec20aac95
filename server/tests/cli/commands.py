"""The command line in this process, on a database that a server has been started on."""

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy.engine import URL

from statuspage_server.cli import cli
from statuspage_server.config import load_config
from statuspage_server.config_sync.pages import sync_pages
from statuspage_server.core.moments import wall_clock
from statuspage_server.errors import ServerError
from statuspage_server.heartbeats.record import record_signals
from statuspage_server.heartbeats.signals import Signal
from statuspage_server.storage.database import Database


@dataclass
class Commands:
    config: Path
    url: URL

    def start(self, text: str, *signals: Signal) -> str:
        """What a start with this file does; returns the default page's id."""
        self.config.write_text(text, encoding="utf-8")
        database = Database.open(self.url)
        try:
            monitors = database.write_now(lambda c: sync_pages(c, load_config(text), wall_clock()))
            page_id = monitors.default_page_id or ""
            database.write_now(lambda c: record_signals(c, monitors, signals))
        finally:
            database.close()
        return page_id

    def run(self, *words: str, typed: str = "") -> str:
        """What the command prints. Raises the sentence of a ServerError."""
        database = self.url.render_as_string(hide_password=False)
        options = ["--config", str(self.config), "--database", database]
        result = CliRunner().invoke(cli, [*words, *options], input=typed)
        if isinstance(result.exception, ServerError):
            raise result.exception
        return result.output
