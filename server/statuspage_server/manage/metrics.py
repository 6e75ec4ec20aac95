"""Metrics with their points, and the providers that they belong to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.storage.pages import require_page
from statuspage_server.storage.schema import metric_points, metrics, providers

PROVIDER_TYPES = ("Pingdom", "NewRelic", "Librato", "Datadog", "Self")
_OWN_COLUMNS = frozenset({"name", "metric_identifier"})


def _find(connection: Connection, table: Table, page_id: str, id_: str) -> Row[Any]:
    row = connection.execute(
        select(table).where(table.c.id == id_, table.c.page_id == page_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_metric(connection: Connection, page_id: str, metric_id: str) -> Row[Any]:
    return _find(connection, metrics, page_id, metric_id)


def find_provider(connection: Connection, page_id: str, provider_id: str) -> Row[Any]:
    return _find(connection, providers, page_id, provider_id)


def list_metrics(
    connection: Connection, page_id: str, part: Slice, provider_id: str | None = None
) -> Sequence[Row[Any]]:
    require_page(connection, page_id)
    conditions: list[ColumnElement[bool]] = [metrics.c.page_id == page_id]
    if provider_id is not None:
        find_provider(connection, page_id, provider_id)
        conditions.append(metrics.c.provider_id == provider_id)
    return connection.execute(
        select(metrics)
        .where(*conditions)
        .order_by(metrics.c.created_at, metrics.c.id)
        .offset(part.offset)
        .limit(part.limit)
    ).all()


def create_metric(
    connection: Connection,
    page_id: str,
    provider_id: str,
    fields: Mapping[str, Any],
    now: Moment,
) -> Row[Any]:
    find_provider(connection, page_id, provider_id)
    if not (fields.get("name") or "").strip():
        raise Unprocessable("Name can't be blank")
    metric_id = new_id()
    connection.execute(
        insert(metrics).values(
            id=metric_id,
            page_id=page_id,
            provider_id=provider_id,
            name=fields["name"],
            metric_identifier=fields.get("metric_identifier"),
            settings=_settings(fields),
            created_at=now,
            updated_at=now,
        )
    )
    return find_metric(connection, page_id, metric_id)


def _settings(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in fields.items() if key not in _OWN_COLUMNS and value is not None
    }


def change_metric(
    connection: Connection, page_id: str, metric_id: str, fields: Mapping[str, Any], now: Moment
) -> Row[Any]:
    row = find_metric(connection, page_id, metric_id)
    own = {key: value for key, value in fields.items() if key in _OWN_COLUMNS and value}
    connection.execute(
        update(metrics)
        .where(metrics.c.id == metric_id)
        .values(**own, settings=row.settings | _settings(fields), updated_at=now)
    )
    return find_metric(connection, page_id, metric_id)


def delete_metric(connection: Connection, metric_id: str) -> None:
    connection.execute(delete(metrics).where(metrics.c.id == metric_id))


def add_points(
    connection: Connection, page_id: str, metric_id: str, points: Iterable[tuple[Moment, float]]
) -> None:
    """A point at a moment that has one already takes its place."""
    find_metric(connection, page_id, metric_id)
    found = dict(points)
    if not found:
        return
    rows = [{"metric_id": metric_id, "at": at, "value": value} for at, value in found.items()]
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    upsert = dialect.insert(metric_points)
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=[metric_points.c.metric_id, metric_points.c.at],
            set_={"value": upsert.excluded.value},
        ),
        rows,
    )
    newest = max(found)
    connection.execute(
        update(metrics)
        .where(
            metrics.c.id == metric_id,
            func.coalesce(metrics.c.most_recent_data_at, -1) < newest,
        )
        .values(most_recent_data_at=newest)
    )


def reset_points(connection: Connection, page_id: str, metric_id: str) -> Row[Any]:
    find_metric(connection, page_id, metric_id)
    connection.execute(delete(metric_points).where(metric_points.c.metric_id == metric_id))
    connection.execute(
        update(metrics).where(metrics.c.id == metric_id).values(most_recent_data_at=None)
    )
    return find_metric(connection, page_id, metric_id)


def list_providers(connection: Connection, page_id: str) -> Sequence[Row[Any]]:
    require_page(connection, page_id)
    return connection.execute(
        select(providers)
        .where(providers.c.page_id == page_id)
        .order_by(providers.c.created_at, providers.c.id)
    ).all()


def create_provider(
    connection: Connection, page_id: str, fields: Mapping[str, Any], now: Moment
) -> Row[Any]:
    require_page(connection, page_id)
    if fields.get("type") not in PROVIDER_TYPES:
        raise Unprocessable(f"Type must be one of {', '.join(PROVIDER_TYPES)}")
    provider_id = new_id()
    connection.execute(
        insert(providers).values(
            id=provider_id,
            page_id=page_id,
            type=fields["type"],
            settings={"metric_base_uri": fields.get("metric_base_uri")},
            created_at=now,
            updated_at=now,
        )
    )
    return find_provider(connection, page_id, provider_id)


def change_provider(
    connection: Connection, page_id: str, provider_id: str, fields: Mapping[str, Any], now: Moment
) -> Row[Any]:
    row = find_provider(connection, page_id, provider_id)
    kind = fields.get("type") or row.type
    if kind not in PROVIDER_TYPES:
        raise Unprocessable(f"Type must be one of {', '.join(PROVIDER_TYPES)}")
    settings = {key: fields[key] for key in ("metric_base_uri",) if key in fields}
    connection.execute(
        update(providers)
        .where(providers.c.id == provider_id)
        .values(type=kind, settings=row.settings | settings, updated_at=now)
    )
    return find_provider(connection, page_id, provider_id)


def delete_provider(connection: Connection, provider_id: str) -> None:
    connection.execute(delete(providers).where(providers.c.id == provider_id))
