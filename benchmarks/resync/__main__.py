"""`make bench`: measures the workloads one after the other and prints two tables."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from launcher.errors import LauncherError

from resync.passes import Say
from resync.report import document, faults, first_table, later_table, stock_table
from resync.rows import measure
from resync.workloads import ALL, NAMES, SHORT, Workload


def main() -> int:
    """Measure; return 1 when something is not as it must be."""
    chosen, file = _options()
    began = time.monotonic()

    def teller(workload: Workload) -> Say:
        def say(what: str) -> None:
            passed = time.monotonic() - began
            print(f"{passed:6.0f} s  {workload.name}: {what}", file=sys.stderr, flush=True)

        return say

    rows, found = [], []
    for workload in chosen:
        try:
            rows.append(measure(workload, teller(workload)))
        except LauncherError as error:
            # What was measured before it, and comes behind it, is still worth a table.
            found.append(f"{workload.name}: {error}")
    cores = os.cpu_count() or 1
    tables = (first_table(rows), later_table(rows), stock_table(rows))
    print("\n\n".join((f"On {cores} cores, each row once.", *tables)), end="\n\n")
    if file is not None:
        content = json.dumps(document(rows, cores), indent=2)
        file.write_text(content, encoding="utf-8")
    found += [fault for row in rows for fault in faults(row)]
    print("\n".join(found) or "As few requests as can be, none refused, everything arrived.")
    return 1 if found else 0


def _options() -> tuple[Sequence[Workload], Path | None]:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures the integration.")
    parser.add_argument("--short", action="store_true", help="one small workload, for CI")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured")
    parser.add_argument("rows", nargs="*", choices=[[], *NAMES], help=", ".join(NAMES))
    given = parser.parse_args()
    if given.rows:
        return [workload for workload in ALL if workload.name in given.rows], given.json
    return (SHORT if given.short else ALL), given.json


if __name__ == "__main__":
    sys.exit(main())
