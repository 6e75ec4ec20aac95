"""Groups and components: what is not well is open, what is well folds away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.daily_uptime import Day, mean
from statuspage_server.core.status import ComponentStatus, worst
from statuspage_server.core.uptime import Span, read_day
from statuspage_server.site.context import Context
from statuspage_server.site.states import StateView, state_view
from statuspage_server.site.uptime import (
    BarsView,
    UptimeView,
    bars_view,
    percent_text,
    uptime_view,
)
from statuspage_server.storage.uptime import RelatedIncident

# A page that is not larger than this shows everything.
SMALL = 12
# On a larger one what happened to a component on which day is told on a page of its own.
DETAILED = 100
# More groups than this that are well are folded once more, together.
MANY_GROUPS = 10


@dataclass(frozen=True, slots=True)
class ComponentView:
    id: str
    name: str
    description: str | None
    state: StateView
    detail: str
    uptime: UptimeView | None


@dataclass(frozen=True, slots=True)
class GroupView:
    id: str | None
    name: str | None
    description: str | None
    state: StateView
    percent: str | None
    components: tuple[ComponentView, ...]
    opened: bool

    @property
    def is_well(self) -> bool:
        return self.state.status == ComponentStatus.OPERATIONAL


@dataclass(frozen=True, slots=True)
class ComponentsView:
    groups: tuple[GroupView, ...]
    """In their order, as they are shown."""
    folded: tuple[GroupView, ...]
    """Groups that are well, where there are so many that they would fill screens."""
    folded_components: int
    has_groups: bool
    bars: Mapping[int, BarsView]
    """What to draw for days without event, by how many at the beginning are unknown."""

    detailed: bool
    """Whether each component tells what happened on which day, or links to where it is told."""

    @property
    def has_uptime(self) -> bool:
        return bool(self.bars)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of the past of a page's components."""

    days: Sequence[Day]
    spans: Mapping[str, Sequence[Span]]
    related: Mapping[str, Sequence[RelatedIncident]]


def components_view(
    rows: Sequence[Row[Any]], details: Mapping[str, str], recorded: Recorded, context: Context
) -> ComponentsView:
    shown = [row for row in rows if not row.is_group and not _is_hidden(row)]
    small, detailed = len(shown) <= SMALL, len(shown) <= DETAILED
    members: dict[str | None, list[ComponentView]] = {}
    for row in shown:
        members.setdefault(row.group_id, []).append(
            _component(row, details.get(row.id, ""), recorded, context, detailed=detailed)
        )
    groups = [
        _group(row, members.get(row.id, []), context, small=small)
        for row in rows
        if row.is_group and (row.id in members or row.config_key is not None)
    ]
    if None in members:
        groups.append(_group(None, members[None], context, small=small))
    well = [group for group in groups if group.is_well]
    folded = well if len(well) > MANY_GROUPS and not small else []
    return ComponentsView(
        groups=tuple(group for group in groups if group not in folded),
        folded=tuple(folded),
        folded_components=sum(len(group.components) for group in folded),
        detailed=detailed,
        has_groups=any(group.id is not None for group in groups),
        bars={
            unknown: bars_view(unknown, len(recorded.days))
            for unknown in sorted(_unknown_days(groups))
        },
    )


def _unknown_days(groups: Sequence[GroupView]) -> set[int]:
    found = (component.uptime for group in groups for component in group.components)
    return {uptime.unknown_days for uptime in found if uptime}


def _is_hidden(row: Row[Any]) -> bool:
    return bool(row.only_show_if_degraded) and row.status == ComponentStatus.OPERATIONAL


def _group(
    row: Row[Any] | None, members: Sequence[ComponentView], context: Context, *, small: bool
) -> GroupView:
    status = worst(member.state.status for member in members)
    shares = [member.uptime.share for member in members if member.uptime]
    return GroupView(
        id=row.id if row else None,
        name=row.name if row else None,
        description=row.description if row else None,
        state=state_view(status, context.language),
        percent=percent_text(mean(shares), context.language) if shares else None,
        components=tuple(members),
        opened=small or status != ComponentStatus.OPERATIONAL,
    )


def _component(
    row: Row[Any], detail: str, recorded: Recorded, context: Context, *, detailed: bool
) -> ComponentView:
    uptime = None
    if row.showcase:
        uptime = uptime_view(
            recorded.spans.get(row.id, ()),
            recorded.related.get(row.id, ()),
            recorded.days,
            first_day_of(row, context),
            context,
            detailed=detailed,
        )
    return ComponentView(
        id=row.id,
        name=row.name,
        description=row.description or None,
        state=state_view(row.status, context.language),
        detail=detail,
        uptime=uptime,
    )


def first_day_of(row: Row[Any], context: Context) -> date:
    """From which day on there is a record: as the operator says, else since it was made."""
    return read_day(row.start_date) or context.date(row.created_at)
