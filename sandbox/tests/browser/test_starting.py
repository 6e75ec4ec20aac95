"""An action from the click to its result, and a dashboard while things change."""

import pytest

from tests.actions import MEND, OPEN
from tests.browser.ocean import COMPONENTS, Ocean
from tests.browser.reader import Reader

BOXES = ".checks label:not([hidden])"


@pytest.fixture
def offering(ocean: Ocean) -> Ocean:
    ocean.offer(OPEN, MEND)
    other = {"identifier": "beta", "title": "Beta"}
    ocean.write("page", other)
    ocean.component(900, title="Alone", relations={"page": "beta"})
    return ocean


def test_an_action_is_started_on_an_entity_and_its_log_comes_line_by_line(
    offering: Ocean, reader: Reader
) -> None:
    reader.open("/entity?blueprint=component&identifier=c010")
    reader.follow("Mend it")
    assert reader.text("h1") == "Mend it"
    assert "For Search 010" in reader.text(".sub")
    assert reader.one("select").get_property("value") == "major_outage", "as it is now"
    reader.one("select").send_keys("operational")
    reader.one("#start button").click()
    reader.wait_for("waiting", "#standing")
    run = offering.take()
    reader.wait_for("in progress", "#standing")
    offering.tell(run, "Looking")
    reader.wait_for("Looking", ".log")
    offering.tell(
        run, "Done", status="SUCCESS", link="https://a.example/c010", statusLabel="Mended"
    )
    reader.wait_for("success", "#standing")
    assert [one.split(" ", 2)[-1] for one in reader.texts(".log li")] == ["Looking", "Done"]
    assert "Mended" in reader.text("#standing")
    reader.follow("Search 010")
    reader.wait_for("success", "#main")


def test_a_form_offers_what_fits_and_keeps_what_is_filled_in(
    offering: Ocean, reader: Reader
) -> None:
    reader.open("/self-service/start?action=open")
    assert reader.count(BOXES) == COMPONENTS + 1
    reader.one("[name='in.name']").send_keys("Mail is late")
    reader.one(".narrow").send_keys("SIGN-in 00")
    reader.wait(lambda: reader.count(BOXES) == 2)
    reader.one(f"{BOXES} input").click()
    reader.one(".narrow").clear()
    reader.one(".narrow").send_keys("none of them")
    reader.wait(lambda: reader.texts(BOXES) == ["Sign-in 000 (Acme)"])
    reader.one("[name='in.page']").send_keys("Beta")
    reader.wait(lambda: reader.texts(".checks label") == ["Alone"])
    offering.component(901, title="Another", relations={"page": "beta"})
    reader.wait(lambda: reader.texts(".checks label") == ["Alone", "Another"])
    assert reader.one("[name='in.name']").get_property("value") == "Mail is late"
    reader.one("[name='in.impact']").send_keys("major")
    reader.wait(lambda: reader.count("[name='in.why']"))
    assert reader.has_stayed


def test_without_a_script_a_form_works_too(offering: Ocean, reader: Reader) -> None:
    reader.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.chrome.get(f"{reader.address}/self-service/start?action=open")
        reader.one("[name='in.page']").send_keys("Beta")
        reader.one("[name='in.name']").send_keys("Mail is late")
        reader.one("#start button.second").click()
        boxes = ".checks input[type=checkbox]"
        reader.wait(lambda: reader.count(boxes) == 1)
        reader.one(boxes).click()
        reader.one("#start button").click()
        reader.wait(lambda: reader.count("#standing"))
        given = reader.one("[aria-labelledby=given]").text
    finally:
        reader.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "Alone" in given
    assert "Mail is late" in given


def test_the_dashboard_follows_the_catalog(offering: Ocean, reader: Reader) -> None:
    offering.board()
    reader.open("/")
    assert reader.text("[data-key=down] .big") == "12"
    assert "operational\n109" in reader.text("[data-key=pie] .legend")
    offering.component(1, "major_outage")
    reader.wait_for("13", "[data-key=down] .big")
    assert "operational\n108" in reader.text("[data-key=pie] .legend")
    reader.one("[data-key=down] .big").click()
    reader.wait_for("13 of", "#found")


def test_resync_now_is_a_click(ocean: Ocean, reader: Reader) -> None:
    reader.open("/resyncs")
    reader.one(".now button").click()
    reader.wait_for("asked for at", ".now")
    ocean.begin()
    reader.wait_for("running", ".resync")
    assert "asked for at" not in reader.text(".now")
