"""What a reader sees and where the links lead."""

import pytest

from tests.browser.ocean import COMPONENTS, Ocean
from tests.browser.reader import Reader

GREEN, RED = "rgb(42, 157, 90)", "rgb(217, 54, 54)"
TABLE = "/blueprint?blueprint=component"
ROWS = "#entities tbody tr"


def test_an_empty_sandbox_says_how_to_begin(empty: Ocean, reader: Reader) -> None:
    reader.open("/")
    assert f"OCEAN__PORT__BASE_URL={reader.address}" in reader.text()


@pytest.mark.usefixtures("ocean")
def test_home_shows_each_blueprint_with_its_count_and_leads_to_its_table(reader: Reader) -> None:
    reader.open("/")
    assert reader.texts(".cards h2") == ["Page", "Component group", "Component", "Incident"]
    assert reader.texts(".cards .big") == ["1", "1", str(COMPONENTS), "1"]
    reader.follow("Component")
    assert reader.text("h1") == "Component"


@pytest.mark.usefixtures("ocean")
def test_typing_narrows_the_table_and_the_address_keeps_it(reader: Reader) -> None:
    reader.open(TABLE)
    assert reader.count(ROWS) == 50
    reader.one("input[type=search]").send_keys("SIGN")
    reader.wait(lambda: reader.count(ROWS) == COMPONENTS // 8)
    assert reader.has_stayed
    reader.chrome.refresh()
    assert reader.count(ROWS) == COMPONENTS // 8
    assert reader.one("input[type=search]").get_property("value") == "SIGN"


@pytest.mark.usefixtures("ocean")
def test_choosing_a_value_narrows_the_table(reader: Reader) -> None:
    reader.open(TABLE)
    reader.one("select").send_keys("major_outage")
    reader.wait(lambda: reader.count(ROWS) == COMPONENTS // 10)
    reader.follow("Show all")
    assert reader.count(ROWS) == 50


@pytest.mark.usefixtures("ocean")
def test_a_filter_keeps_the_order_and_an_order_keeps_the_filter(reader: Reader) -> None:
    reader.open(TABLE)
    reader.follow("position")
    reader.follow("position ↑")
    reader.one("input[type=search]").send_keys("search")
    reader.wait_for("15 of 120", "#found")
    assert reader.texts("#entities tbody th")[0] == "Search 114"
    reader.follow("Title")
    assert reader.texts("#entities tbody th")[0] == "Search 002"


@pytest.mark.usefixtures("ocean")
def test_the_colours_of_an_enum_are_painted(reader: Reader) -> None:
    reader.open(f"{TABLE}&sort=position")
    script = "return getComputedStyle(arguments[0], '::before').backgroundColor"
    badges = [f"#entities tbody tr:nth-child({row}) .badge" for row in (1, 2)]
    assert [reader.text(one) for one in badges] == ["major_outage", "operational"]
    assert [reader.run(script, reader.one(one)) for one in badges] == [RED, GREEN]


@pytest.mark.usefixtures("ocean")
def test_relations_are_followed_from_the_table_and_both_ways_from_the_entity(
    reader: Reader,
) -> None:
    reader.open(TABLE)
    reader.follow("Shop")
    assert reader.text("h1") == "Shop"
    reader.follow("Acme")
    assert reader.text("h1") == "Acme"
    reader.follow("Payments fail")
    assert reader.text("h1") == "Payments fail"
    reader.follow("Sign-in 000")
    assert reader.text("h1") == "Sign-in 000"


@pytest.mark.usefixtures("ocean")
def test_what_is_too_much_for_an_entity_is_a_table_of_its_own(reader: Reader) -> None:
    reader.open("/entity?blueprint=group&identifier=shop")
    reader.follow("and 108 more")
    assert "120 of 120 entities" in reader.text("#found")
    assert "Shop" in reader.text("#found .chip")


def test_the_history_tells_each_change(ocean: Ocean, reader: Reader) -> None:
    ocean.component(0, "operational")
    reader.open("/entity?blueprint=component&identifier=c000")
    assert [text.split()[0] for text in reader.texts(".history li > p")] == ["updated", "created"]
    assert "status: major_outage → operational" in reader.text(".history")


def test_a_resync_is_shown_with_its_duration_and_the_counts_of_each_kind(
    ocean: Ocean, reader: Reader
) -> None:
    ocean.begin()
    ocean.report("e1", "component", "completed", 71, 61)
    ocean.end()
    reader.open("/resyncs")
    facts = reader.text(".facts")
    assert "completed" in facts
    assert "took 0." in facts
    assert reader.texts(".kinds tbody tr:first-child > *") == [
        *("component", "completed", "71", "0", "61", "0", "0", "2.5 s")
    ]


def test_logs_are_chosen_by_level(ocean: Ocean, reader: Reader) -> None:
    ocean.log("INFO", "Resync began")
    ocean.log("ERROR", "The key was refused")
    reader.open("/logs")
    assert reader.texts(".lines .mono") == ["The key was refused", "Resync began"]
    reader.one("input[value=ERROR]").click()
    reader.wait(lambda: reader.texts(".lines .mono") == ["The key was refused"])
