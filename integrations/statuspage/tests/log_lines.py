"""What is logged, with all fields that Ocean would send to Port."""

import json

from loguru import logger


class LogLines:
    """Keeps every line while it stands."""

    def __init__(self) -> None:
        self.raw: list[str] = []
        self._sink = logger.add(
            lambda line: self.raw.append(str(line)), level="DEBUG", serialize=True
        )

    def of(self, level: str) -> list[str]:
        """Return the messages of a level."""
        records = [json.loads(line)["record"] for line in self.raw]
        return [one["message"] for one in records if one["level"]["name"] == level]

    def close(self) -> None:
        logger.remove(self._sink)
