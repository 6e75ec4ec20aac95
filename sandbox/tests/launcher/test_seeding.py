"""The example company is made as a whole, or not at all."""

import json
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from launcher import company
from launcher.seeding import is_seeded, seed, server_settings
from launcher.stack import Stack


def test_the_company_has_its_pages_and_one_of_them_is_large(
    small_company: Path, tmp_path: Path
) -> None:
    with Stack(tmp_path, server_settings=server_settings()) as stack:
        # As a launcher leaves it that was killed half-way.
        half = tmp_path / "server.unfinished"
        half.mkdir()
        (half / "statuspage.db").write_text("half")
        assert not is_seeded(stack.server)
        assert len(list(seed(stack.server, datetime.now(UTC)))) == 4
        assert is_seeded(stack.server)
        stack.server.start()
        stack.server.wait_until_ready()
        request = urllib.request.Request(
            f"{stack.server.address}/v1/pages", headers={"authorization": f"OAuth {stack.key()}"}
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=20) as answer:
            pages = {page["name"]: page for page in json.load(answer)}
        summary = f"{stack.server.address}/pages/{pages[company.LARGE_PAGE]['id']}/api/v2"
        with direct.open(f"{summary}/components.json", timeout=20) as answer:
            rows = json.load(answer)["components"]
    assert set(pages) == {
        "Lanternfish Parcels",
        "Lanternfish Couriers",
        "Ctrlv Solutions",
        "Lanternfish Depots",
    }
    assert all(page["allow_webhook_subscribers"] for page in pages.values())
    assert sum(not row["group"] for row in rows) == 540
    assert sum(row["group"] for row in rows) == 69
