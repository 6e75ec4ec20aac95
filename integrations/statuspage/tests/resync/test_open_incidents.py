"""Which incidents are open in Port, by page."""

from port_ocean.core.models import Entity

from resync.open_incidents import OpenIncidents


def test_what_is_open_is_told_by_page() -> None:
    held = Entity(identifier="inc1", blueprint="statuspageIncident")
    found = OpenIncidents({"page1": {"inc1": [held]}, "page2": {"inc2": [], "inc3": []}})

    assert found.ids() == {"page1": frozenset({"inc1"}), "page2": frozenset({"inc2", "inc3"})}
    assert found.of("page1", "inc1") == [held]
    assert found.of("page1", "other") == []
    assert found.of("other", "inc1") == []
