"""Ocean alone: the same objects, already in memory, through the same mapping into the same Port.

What this takes is the load bound: no integration on this Ocean can be faster on this machine.
"""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from port_ocean.context.ocean import ocean

OBJECTS = json.loads(Path(os.environ["BENCHMARK_OBJECTS"]).read_text(encoding="utf-8"))
BATCH = 250


@ocean.on_resync()
async def read(kind: str) -> AsyncIterator[list[dict[str, Any]]]:
    """Yield a kind in batches of a size that Ocean likes."""
    objects = OBJECTS[kind]
    for start in range(0, len(objects), BATCH):
        yield objects[start : start + BATCH]
