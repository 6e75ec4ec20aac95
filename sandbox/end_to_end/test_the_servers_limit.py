"""The server itself refuses a request, because the key's quota is spent."""

import pytest

from end_to_end.conftest import Limited

LIMIT, NEEDED = 3, 4


@pytest.mark.limited
def test_a_resync_waits_for_the_servers_window_and_goes_on(limited: Limited) -> None:
    outcome = limited.run.end()

    assert outcome.why_it_failed is None
    assert limited.opened in limited.loop.catalog.entities()["statuspageIncident"]
    sent = [
        one.at for one in limited.loop.in_front_of_server.requests if one.name.startswith("GET /v1")
    ]
    # The one that was refused came once more, after the first of the window had run out.
    assert len(sent) == NEEDED + 1
    assert sent[-1] - sent[0] > 60
    assert sent[-1] - sent[-2] > 50
    refused = [line for line in outcome.lines if "the API key's quota is spent" in line]
    assert len(refused) == 1
    assert "with 420" in refused[0]
