"""Pages of config.yml as rows, and the monitors of their items."""

from sqlalchemy import Connection, insert, select, update

from statuspage_server.config import Config, PageConfig
from statuspage_server.config_sync.alerts import sync_alerts
from statuspage_server.config_sync.components import ComponentSync, Wanted
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.errors import StartError
from statuspage_server.heartbeats.items import sync_items
from statuspage_server.heartbeats.monitors import Monitor, MonitoredPage, Monitors
from statuspage_server.storage.new_pages import default_page_settings
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import pages


def sync_pages(connection: Connection, config: Config, now: Moment) -> Monitors:
    return Monitors(
        tuple(
            _sync_page(connection, name, page, position, now)
            for position, (name, page) in enumerate(config.all_pages().items(), 1)
        )
    )


def _sync_page(
    connection: Connection, name: str, page: PageConfig, position: int, now: Moment
) -> MonitoredPage:
    page_id = _page_row(connection, name, page, position, now)
    sync = ComponentSync(connection, page_id, now)
    monitors: list[Monitor] = []
    for place, (group_name, items) in enumerate(page.groups.items(), 1):
        group_id = sync.row(
            Wanted(f"group\x1f{group_name}", group_name, None, place, None, is_group=True)
        )
        for number, item in enumerate(items, 1):
            key = sync.free_key(f"item\x1f{group_name}\x1f{item.id}")
            wanted = Wanted(key, item.name, item.description, number, group_id, is_group=False)
            monitors.append(
                Monitor(
                    page_id,
                    sync.row(wanted),
                    item,
                    page.timing(item),
                    page.late_incidents,
                    page.disruption_detection,
                )
            )
    sync.remove_the_rest()
    sync_alerts(connection, page_id, page, now)
    sync_items(connection, page_id, (monitor.item for monitor in monitors))
    if sync.changed:
        touch_page(connection, page_id, now)
    return MonitoredPage.of(page_id, page, tuple(monitors))


def _page_row(
    connection: Connection, name: str, page: PageConfig, position: int, now: Moment
) -> str:
    row = connection.execute(
        select(pages.c.id, pages.c.name, pages.c.position, pages.c.settings).where(
            pages.c.config_name == name
        )
    ).one_or_none()
    settings = default_page_settings(page.title) | {"time_zone": page.time_zone or "Etc/UTC"}
    if row is None:
        page_id = page.id or new_id()
        _refuse_taken(connection, page_id)
        connection.execute(
            insert(pages).values(
                id=page_id,
                config_name=name,
                position=position,
                name=page.title,
                settings=settings,
                created_at=now,
                updated_at=now,
            )
        )
        return page_id
    if page.id is not None and page.id != row.id:
        raise StartError(
            f"The page {name or 'statuspage'} has the id {row.id} in the database and {page.id} in "
            f"the file. Write id: {row.id}, or give another database."
        )
    wanted = {"name": page.title, "position": position}
    zone = page.time_zone or row.settings.get("time_zone")
    if zone != row.settings.get("time_zone"):
        wanted["settings"] = row.settings | {"time_zone": zone}
    if any(getattr(row, key) != value for key, value in wanted.items()):
        connection.execute(update(pages).where(pages.c.id == row.id).values(**wanted))
        touch_page(connection, row.id, now)
    return str(row.id)


def _refuse_taken(connection: Connection, page_id: str) -> None:
    if connection.execute(select(pages.c.id).where(pages.c.id == page_id)).first():
        raise StartError(f"A page with the id {page_id} exists already. Write another id.")
