"""Noticing that config.yml was edited. A bad edit is told once and changes nothing."""

from pathlib import Path

from statuspage_server.config.load import ReadConfig, read_source
from statuspage_server.config.model import Config
from statuspage_server.errors import ConfigError


class ConfigWatch:
    """Asked every second; compares contents, so that any way of replacing the file is seen, and
    understands them only when they differ, since that takes its time."""

    unreadable = False
    """Now, not once: a file that cannot be read for a moment is no edit."""

    def __init__(self, path: Path, current: ReadConfig) -> None:
        self._path = path
        self._seen = current.digest
        self._fault: str | None = None

    def look(self) -> Config | None:
        """The new settings, if there are any. Raises ConfigError once for each bad edit."""
        try:
            source = read_source(self._path)
        except ConfigError as error:
            self.unreadable = True
            if str(error) == self._fault:
                return None
            self._fault = str(error)
            raise
        self.unreadable, self._fault = False, None
        if source.digest == self._seen:
            return None
        self._seen = source.digest
        return source.config()
