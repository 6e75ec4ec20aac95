"""What is loaded is in memory already, and goes through the same mapping into the same Port.

What this takes is the load bound: the integration cannot be faster on this machine, however fast
the status page answers.
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
