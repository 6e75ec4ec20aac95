"""Plays an alert of an Alertmanager: it fires, is on the page and in the catalog, and is over.

`make run` prints how it is started.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from launcher.bridge import SOURCE
from launcher.errors import AlertNotPlayed

BROKEN = "Card payments"
# As the bridge calls it where no template says otherwise.
TITLE = f"Errors in {BROKEN}"
# The integration may be in the middle of its first resync.
PATIENCE = 120.0
POLL_INTERVAL = 0.1
JSON = {"content-type": "application/json"}
# The sandbox lets in whoever asks.
ANYBODY = json.dumps({"clientId": "an-alert", "clientSecret": "none"}).encode()

type Row = dict[str, Any]

# Not for a proxy: what is asked is on this machine.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Places:
    """Where the programs are, and what the bridge has to be told."""

    bridge: str
    server: str
    sandbox: str
    page: str
    token_file: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Play it; return the status of the program."""
    parser = argparse.ArgumentParser(prog="play_alert", description="Plays an alert.")
    for name in ("bridge", "server", "sandbox", "page"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--token-file", type=Path, required=True)
    try:
        for line in play(Places(**vars(parser.parse_args(arguments)))):
            print(line, flush=True)  # noqa: T201
    except AlertNotPlayed as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def play(places: Places) -> Iterator[str]:
    """Fire the alert and end it; return a line for each thing that follows."""
    begun = datetime.now(UTC).isoformat()
    known: str | None = None
    for sent, public in (("firing", "investigating"), ("resolved", "resolved")):
        start = time.monotonic()
        _send(places, message(sent, begun))
        yield f"The alert about {BROKEN} is {sent}."
        incident = _wait(partial(_published, places, public, known), f"{public} on the page")[0]
        known = incident["id"]
        yield f"  On the page after {time.monotonic() - start:.1f} s: {TITLE}, {public}"
        _wait(partial(_cataloged, places, public, known), f"{public} in the catalog")
        yield f"  In the catalog after {time.monotonic() - start:.1f} s"


def message(status: str, begun: str) -> Row:
    """Return what Alertmanager sends about a single alert."""
    labels = {"alertname": "Errors", "statuspage_component": BROKEN, "severity": "critical"}
    alert = {"status": status, "labels": labels, "startsAt": begun, "fingerprint": "played"}
    return {"version": "4", "groupKey": "{}:{}", "status": status, "alerts": [alert]}


def _published(places: Places, status: str, known: str | None) -> list[Row]:
    path = f"/pages/{places.page}/api/v2/incidents.json"
    return [
        row
        for row in _ask(places.server + path)["incidents"]
        if row["name"] == TITLE and row["status"] == status and known in (None, row["id"])
    ]


def _cataloged(places: Places, status: str, id_: str) -> list[Row]:
    path = "/v1/blueprints/statuspageIncident/entities"
    token = _ask(f"{places.sandbox}/v1/auth/access_token", ANYBODY, JSON)["accessToken"]
    headers = {"authorization": f"Bearer {token}"}
    rows: list[Row] = _ask(places.sandbox + path, headers=headers)["entities"]
    return [
        row for row in rows if row["identifier"] == id_ and row["properties"]["status"] == status
    ]


def _send(places: Places, body: Row) -> None:
    token = places.token_file.read_text(encoding="utf-8")
    headers = {"authorization": f"Bearer {token}", **JSON}
    _ask(f"{places.bridge}/alertmanager/{SOURCE}", json.dumps(body).encode(), headers)


def _wait(look: Callable[[], list[Row]], what: str) -> list[Row]:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := look():
            return found
        time.sleep(POLL_INTERVAL)
    raise AlertNotPlayed(
        f"The incident is not {what} after {PATIENCE:.0f} s: see .run/bridge/bridge.log, and "
        "whether make run says anything."
    )


def _ask(url: str, data: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(url, data, headers or {})  # noqa: S310
    try:
        with _direct.open(request, timeout=PATIENCE) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise AlertNotPlayed(f"{url} answers with {error.code}: is it that of make run?") from error
    except OSError as error:
        raise AlertNotPlayed(f"Nothing answers at {url}: is make run running?") from error


if __name__ == "__main__":
    sys.exit(main())
