"""While a resync runs the page follows, and the reader is not disturbed."""

import pytest

from tests.browser.ocean import COMPONENTS, Ocean
from tests.browser.reader import Reader

TABLE = "/blueprint?blueprint=component"
SELECT = """const range = document.createRange();
range.selectNodeContents(document.querySelector(arguments[0]));
document.getSelection().removeAllRanges();
document.getSelection().addRange(range);"""
# Notes the rows in which anything is changed.
WATCH = """window.touched = [];
const note = ({ target }) => window.touched.push(target.parentElement.closest("tr").dataset.key);
new MutationObserver((all) => all.forEach(note)).observe(
  document.querySelector("#entities tbody"),
  { subtree: true, childList: true, characterData: true, attributes: true },
)"""
# How far below the upper edge of the window something stands.
TOP = "return Math.round(document.querySelector(arguments[0]).getBoundingClientRect().top)"


def test_home_follows_a_resync_from_its_begin_to_its_end(ocean: Ocean, reader: Reader) -> None:
    reader.open("/")
    assert reader.text("#state") == "No resync is running"
    ocean.begin()
    reader.wait_for("A resync is running", "#state")
    ocean.report("e1", "component", "syncing", 20, 7)
    reader.wait_for("syncing", ".kinds")
    ocean.component(COMPONENTS)
    reader.wait_for(f"{COMPONENTS + 1}", ".cards")
    reader.wait_for(f"{COMPONENTS:03}", "#changes")
    ocean.report("e1", "component", "completed", 20, 20)
    ocean.end()
    reader.wait_for("No resync is running", "#state")
    reader.wait_for("completed", ".facts")
    assert reader.has_stayed


def test_the_resyncs_follow_too(ocean: Ocean, reader: Reader) -> None:
    reader.open("/resyncs")
    ocean.begin()
    reader.wait_for("runs for", ".facts")
    ocean.report("e1", "component", "syncing", 20, 7)
    reader.wait_for("syncing", ".kinds")
    ocean.end()
    reader.wait_for("took", ".facts")
    assert reader.has_stayed


def test_a_new_line_of_the_log_comes_on_top(ocean: Ocean, reader: Reader) -> None:
    ocean.log("INFO", "Resync began")
    reader.open("/logs")
    ocean.log("ERROR", "The key was refused")
    reader.wait_for("The key was refused", ".lines tbody tr:first-child")
    assert reader.has_stayed


def test_what_is_typed_stays_with_its_cursor_and_the_filter_holds(
    ocean: Ocean, reader: Reader
) -> None:
    reader.open(TABLE)
    box = reader.one("input[type=search]")
    box.send_keys("sign")
    reader.wait_for("15 of", "#found")
    reader.run("arguments[0].setSelectionRange(1, 3)", box)
    ocean.component(COMPONENTS)
    reader.wait_for("16 of 121", "#found")
    assert reader.run("return document.activeElement === arguments[0]", box)
    assert box.get_property("value") == "sign"
    assert reader.run("return [arguments[0].selectionStart, arguments[0].selectionEnd]", box) == [
        *(1, 3)
    ]
    assert reader.has_stayed


def test_a_link_keeps_the_focus_while_rows_come_and_go_above_it(
    ocean: Ocean, reader: Reader
) -> None:
    reader.open(f"{TABLE}&sort=$title")
    reader.run("document.querySelector('tr[data-key=c001] th a').focus()")
    ocean.component(900, title="Aardvark")
    reader.wait_for("Aardvark", "#entities tbody tr:first-child")
    assert reader.run("return document.activeElement.textContent") == "Checkout 001"
    ocean.ask("DELETE", "/v1/blueprints/component/entities/c900", None)
    reader.wait_for("Backups", "#entities tbody tr:first-child")
    assert reader.run("return document.activeElement.textContent") == "Checkout 001"
    assert reader.has_stayed


def test_selected_text_stays_selected(ocean: Ocean, reader: Reader) -> None:
    reader.open("/")
    reader.run(SELECT, ".cards li:last-child .soft")
    ocean.component(COMPONENTS)
    reader.wait_for(f"{COMPONENTS + 1}", ".cards")
    assert (
        reader.run("return String(document.getSelection())") == "Something that the page reports."
    )


def test_the_place_on_the_page_and_in_the_table_stays(ocean: Ocean, reader: Reader) -> None:
    reader.look(700, 600)
    reader.open(f"{TABLE}&sort=$title&columns=all")
    row = "tr[data-key=c009]"
    reader.run("document.querySelector(arguments[0]).scrollIntoView()", row)
    reader.run("document.querySelector('#entities').scrollLeft = 120")
    before = reader.run(TOP, row)
    ocean.component(900, title="Aardvark")
    reader.wait_for("Aardvark", "#entities")
    assert abs(reader.run(TOP, row) - before) <= 1
    assert reader.run("return document.querySelector('#entities').scrollLeft") == 120


def test_what_was_opened_stays_open(ocean: Ocean, reader: Reader) -> None:
    reader.open("/entity?blueprint=component&identifier=c000")
    reader.one("details summary").click()
    ocean.component(0, "operational")
    reader.wait_for("updated", ".history")
    assert reader.run("return document.querySelector('.history details').open")


def test_an_unchanged_part_of_the_page_is_not_touched(ocean: Ocean, reader: Reader) -> None:
    reader.open(TABLE)
    reader.run(WATCH)
    ocean.component(7, "major_outage")
    reader.wait_for("major_outage", "tr[data-key=c007]")
    assert set(reader.run("return window.touched")) == {"c007"}


@pytest.mark.usefixtures("ocean")
def test_a_page_with_nothing_new_asks_for_nothing_but_the_pulse(reader: Reader) -> None:
    reader.open(TABLE)
    asked = (
        "return performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
    )
    reader.wait(lambda: len(reader.run(asked)) >= 3)
    assert set(reader.run(asked)) == {"/pulse"}
