"""The first `make run` makes the example company, as a whole, and shows what to try."""

import json
import shutil
import subprocess
import urllib.request
from collections import Counter
from typing import Any

from launcher import company
from launcher.paths import SANDBOX
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


def run_as_printed(command: str) -> str:
    """Run the command that the launcher shows, in a shell, past any proxy."""
    return subprocess.run(
        ["sh", "-c", f"curl() {{ command curl --silent --noproxy '*' \"$@\"; }}\n{command}"],
        cwd=SANDBOX,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout


def test_the_first_run_makes_the_company_and_its_command_opens_an_incident(
    launcher: Launcher,
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

    incident = json.loads(
        run_as_printed(printed[printed.index("curl ") : printed.index("A moment later")])
    )
    assert incident["name"] == "Labels do not print"
    assert incident["status"] == "investigating"
    assert [one["name"] for one in incident["components"]] == ["Label printing"]
    # The component's own event may come first.
    [*_, told] = lines_until(started, ": 1 incident")
    assert told.startswith("  Live event on Lanternfish Parcels: 1 incident")
