"""Names for what JSON holds."""

from typing import Any

type Document = dict[str, Any]
