"""From JSON of any form to alerts. No I/O."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.core.tags import Tagged, incident_status, merged
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.components import components_of, of_labels
from statuspage_bridge.sources.content import from_epoch, key, text, texts
from statuspage_bridge.sources.severity import status_of

from .paths import Path
from .settings import GenericSettings, Mapping


class Alerts:
    """Makes alerts of what one source sends."""

    def __init__(self, settings: GenericSettings, default_status: str) -> None:
        self._settings = settings
        self._default_status = default_status
        self._mapping = settings.mapping or Mapping()
        self._alerts = Path.parse(self._mapping.alerts or "")

    def sent(self, content: object, now: datetime) -> list[Alert]:
        """Return the alerts of a message.

        By a mapping, what has no id or state is passed over: sources test their webhooks with less.
        """
        found: list[Alert] = []
        for row in self._rows(content):
            id_ = key(self._text(row, self._mapping.id))
            state = self._text(row, self._mapping.state)
            if id_ and state:
                found += self._of(row, id_, state.lower(), now)
            elif self._settings.mapping is None:
                raise Refused(400, "An alert has no id or no state: send both, or set `mapping`.")
        return found

    def _rows(self, content: object) -> Iterable[Any]:
        if self._settings.mapping is None and isinstance(content, dict) and "alerts" in content:
            alerts = content["alerts"]
            return alerts if isinstance(alerts, list) else [alerts]
        return self._alerts.find(content)

    def _of(self, row: Any, id_: str, state: str, now: datetime) -> Iterator[Alert]:
        if state not in self._settings.open and state not in self._settings.over:
            return
        where, is_open = self._mapping, state in self._settings.open
        labels = self._labels(row)
        title, severity = self._text(row, where.title), self._text(row, where.severity)
        tags = _flat(self._all(row, where.tags))
        said = [id_, title, *tags, *of_labels(labels)]
        named: Tagged = dict.fromkeys(_flat(self._all(row, where.components)))
        started = next(iter(self._all(row, where.started_at)), None)
        begun_at = from_epoch(started) or moment(started) or now
        default = status_of(severity, self._default_status, self._settings.severities)
        every = merged([named, components_of(tags, self._settings.components, said)])
        for component, status in every.items():
            yield Alert(
                account=self._settings.account,
                id=id_,
                component=component,
                status=status or default,
                since=begun_at if is_open else now,
                is_open=is_open,
                incident_status=incident_status(tags),
                renewed_at=now,
                title=title,
                severity=severity,
                priority=self._text(row, where.priority),
                group=self._text(row, where.group),
                labels=labels,
            )

    def _labels(self, row: Any) -> dict[str, str]:
        if self._settings.mapping is None:
            return texts(next(Path(("labels",)).find(row), None))
        named = {name: self._text(row, paths) for name, paths in self._mapping.labels.items()}
        return {name: value for name, value in named.items() if value}

    def _text(self, row: Any, paths: Iterable[str]) -> str:
        return next((text(one) for one in self._all(row, paths) if text(one)), "")

    def _all(self, row: Any, paths: Iterable[str]) -> list[Any]:
        """Return what the first path leads to that leads to something."""
        answers = ([one for one in Path.parse(path).find(row) if one is not None] for path in paths)
        return next((answer for answer in answers if answer), [])


def _flat(values: Iterable[Any]) -> list[str]:
    """Return texts, of which some may be in a list and others with commas in one text."""
    inner = chain.from_iterable(one if isinstance(one, list) else [one] for one in values)
    parts = chain.from_iterable(text(one).split(",") for one in inner)
    return [part.strip() for part in parts if part.strip()]
