"""What components add up to, row by row of what the vendor documents and was seen to do."""

import pytest

from statuspage_server.core.impact import computed_impact, grown_impact
from statuspage_server.core.status import group_status, top_level

UP, MAINTENANCE, DEGRADED = "operational", "under_maintenance", "degraded_performance"
PARTIAL, MAJOR = "partial_outage", "major_outage"


class TestTopLevel:
    @pytest.mark.parametrize(
        ("statuses", "indicator", "description"),
        [
            ([], "none", "All Systems Operational"),
            ([UP, UP], "none", "All Systems Operational"),
            ([UP, MAINTENANCE], "maintenance", "Service Under Maintenance"),
            ([MAINTENANCE], "maintenance", "Service Under Maintenance"),
            ([UP, DEGRADED, MAINTENANCE], "minor", "Partially Degraded Service"),
            ([DEGRADED, DEGRADED], "minor", "Partially Degraded Service"),
            ([DEGRADED, PARTIAL], "minor", "Minor Service Outage"),
            ([PARTIAL, PARTIAL], "major", "Partial System Outage"),
            ([PARTIAL], "major", "Partial System Outage"),
            ([MAJOR, UP, DEGRADED], "major", "Partial System Outage"),
            ([MAJOR, MAJOR], "critical", "Major System Outage"),
            ([MAJOR], "critical", "Major System Outage"),
        ],
    )
    def test_the_worst_component_decides(
        self, statuses: list[str], indicator: str, description: str
    ) -> None:
        found = top_level(statuses)
        assert (found.indicator, found.description) == (indicator, description)

    def test_open_incidents_do_not_count_beside_components(self) -> None:
        assert top_level([UP], ["critical"]).indicator == "none"

    def test_they_do_on_a_page_without_components(self) -> None:
        assert top_level([], ["minor", "major"]).indicator == "major"


class TestGroups:
    def test_a_group_is_as_bad_as_its_worst_member(self) -> None:
        assert group_status([UP, DEGRADED, MAINTENANCE]) == DEGRADED

    def test_an_empty_group_is_operational(self) -> None:
        assert group_status([]) == UP


class TestImpact:
    @pytest.mark.parametrize(
        ("given", "page", "impact"),
        [
            ([], [UP], "none"),
            ([UP], [UP], "none"),
            ([DEGRADED], [DEGRADED, UP], "minor"),
            ([PARTIAL, DEGRADED], [PARTIAL, DEGRADED], "minor"),
            ([MAJOR], [MAJOR, UP], "major"),
            ([MAJOR, MAJOR], [MAJOR, MAJOR, UP], "critical"),
            ([MAINTENANCE], [MAINTENANCE], "maintenance"),
        ],
    )
    def test_it_follows_the_worst_status_given(
        self, given: list[str], page: list[str], impact: str
    ) -> None:
        assert computed_impact(given, page, scheduled=False) == impact

    def test_planned_work_is_maintenance_whatever_it_does(self) -> None:
        assert computed_impact([MAJOR], [MAJOR], scheduled=True) == "maintenance"

    def test_it_does_not_fall_again(self) -> None:
        assert grown_impact("major", "none") == "major"
        assert grown_impact("minor", "critical") == "critical"
