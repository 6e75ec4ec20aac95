"""The server itself refuses a request, because the key's quota is spent."""

import json
from pathlib import Path

from end_to_end.company import SMALL
from end_to_end.loop import API_KEY, PAGES, Loop

LIMIT, NEEDED = 3, 4


def test_a_resync_waits_for_the_servers_window_and_goes_on(in_step: Path, tmp_path: Path) -> None:
    with Loop(tmp_path / "loop", in_step, rate_limit=LIMIT) as loop:
        opened = loop.statuspage.open_incident(SMALL, name="Slowly", body="We look into it.")
        # A key of its own, of which nothing is spent.
        key = {API_KEY: loop.stack.server.create_key("limited")}
        pages = {PAGES: json.dumps([SMALL])}
        outcome = loop.resync(loop.another_integration("limited", **key, **pages))

        assert outcome.why_it_failed is None
        assert opened in loop.catalog.entities()["statuspageIncident"]
        sent = [
            one.at for one in loop.in_front_of_server.requests if one.name.startswith("GET /v1")
        ]
    # The one that was refused came once more, after the first of the window had run out.
    assert len(sent) == NEEDED + 1
    assert sent[-1] - sent[0] > 60
    assert sent[-1] - sent[-2] > 50
    refused = [line for line in outcome.lines if "the API key's quota is spent" in line]
    assert len(refused) == 1
    assert "with 420" in refused[0]
