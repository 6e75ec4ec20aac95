"""What Ocean reported and wrote, recorded from real runs: reports, and the lines that are read."""

import json
from pathlib import Path
from typing import Any


def recorded(name: str) -> tuple[list[dict[str, Any]], list[str]]:
    file = Path(__file__).parent / f"{name}.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    return found["reports"], found["lines"]
