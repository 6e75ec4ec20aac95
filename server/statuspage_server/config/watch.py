"""Noticing that config.yml was edited. A bad edit is told once and changes nothing."""

from collections.abc import Callable
from pathlib import Path

from statuspage_server.config.load import ReadConfig, read_config
from statuspage_server.config.model import Config
from statuspage_server.errors import ConfigError


class ConfigWatch:
    """Asked now and then; compares contents, so that any way of replacing the file is seen."""

    def __init__(
        self, path: Path, current: ReadConfig, read: Callable[[Path], ReadConfig] = read_config
    ) -> None:
        self._path = path
        self._read = read
        self._digest = current.digest
        self._fault: str | None = None

    def look(self) -> Config | None:
        """The new settings, if there are any. Raises ConfigError once for each bad edit."""
        try:
            found = self._read(self._path)
        except ConfigError as error:
            if str(error) == self._fault:
                return None
            self._fault = str(error)
            raise
        self._fault = None
        if found.digest == self._digest:
            return None
        self._digest = found.digest
        return found.config
