"""The first `make run` makes the example company, as a whole, and shows what to try."""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from launcher import company
from tests.launcher.conftest import Launcher
from tests.launcher.output import lines_until


def of_server(launcher: Launcher, path: str) -> Any:
    """Return what the launcher's server answers whoever has the key."""
    key = (launcher.directory / "server" / "api-key").read_text(encoding="utf-8").strip()
    request = urllib.request.Request(
        f"http://127.0.0.1:{launcher.ports['SERVER_PORT']}{path}",
        headers={"authorization": f"OAuth {key}"},
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=20) as answer:
        return json.load(answer)


def run_as_printed(command: str, folder: Path) -> list[str]:
    """Run a command that the launcher shows, from another folder; return the lines it prints."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder), "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout.splitlines()


def test_the_first_run_makes_the_company_and_its_commands_open_and_resolve_an_incident(
    launcher: Launcher, tmp_path: Path
) -> None:
    shutil.rmtree(launcher.directory)
    # As a launcher leaves it that was killed half-way.
    half = launcher.directory / "server.unfinished"
    half.mkdir(parents=True)
    (half / "statuspage.db").write_text("half")

    started = launcher.start()
    printed = "".join(lines_until(started, "The resync is done"))

    pages = {page["name"]: page for page in of_server(launcher, "/v1/pages")}
    assert set(pages) == {
        "Lanternfish Parcels",
        "Lanternfish Couriers",
        "Ctrlv Solutions",
        "Lanternfish Depots",
    }
    assert all(page["allow_webhook_subscribers"] for page in pages.values())
    large = pages[company.LARGE_PAGE]["id"]
    rows = of_server(launcher, f"/pages/{large}/api/v2/components.json")["components"]
    assert Counter(row["group"] for row in rows) == {False: 540, True: 69}

    opens, resolves = re.findall(r"^    (\S+ incident (?:.+\\\n)+.+)$", printed, re.MULTILINE)
    assert set(run_as_printed(opens, tmp_path)) >= {
        "Name: Labels do not print",
        "Status: investigating",
        "Components: Label printing (major outage)",
    }
    # The component's own event may come first.
    [*_, told] = lines_until(started, ": 1 incident")
    assert told.startswith("  Live event on Lanternfish Parcels: 1 incident")
    assert set(run_as_printed(resolves, tmp_path)) >= {
        "Status: resolved",
        "Components: Label printing (operational)",
    }

    (plays,) = re.findall(r"^    (PYTHONPATH=(?:.+\\\n)+.+)$", printed, re.MULTILINE)
    played = [re.sub(r"\d+\.\d", "N", line) for line in run_as_printed(plays, tmp_path)]
    assert played == [
        "The alert about Card payments is firing.",
        "  On the page after N s: Errors in Card payments, investigating",
        "  In the catalog after N s",
        "The alert about Card payments is resolved.",
        "  On the page after N s: Errors in Card payments, resolved",
        "  In the catalog after N s",
    ]
