"""The program on the library's page that writes does what the page says of it."""

import os
import subprocess
import sys
from datetime import UTC, datetime

from integration_tests.loopback import served
from tests.statuspage.writing.store import Store

from .files import HERE, blocks


def test_the_program_that_writes_opens_an_incident_and_resolves_it() -> None:
    """C1.14"""
    store = Store("api", utc=lambda: datetime.now(UTC))
    store.components["g1"] = {"id": "g1", "name": "Shop", "group": True, "status": "operational"}
    store.components["api"]["group_id"] = "g1"

    with served(store) as address:
        ended = subprocess.run(
            [sys.executable, "-c", blocks("statuspage/README.md", "python")[1]],
            cwd=HERE,
            env={
                "PATH": os.defpath,
                "STATUSPAGE_API_KEY": "made-up-key",
                "STATUSPAGE_HOST": address,
            },
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert (ended.stderr, ended.stdout) == ("", "opened Orders fail\nresolved operational\n")
    assert [one["status"] for one in store.incidents.values()] == ["resolved"]
