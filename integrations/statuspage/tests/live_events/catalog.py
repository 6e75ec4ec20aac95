"""The catalog as the shipped mapping fills it, in raw objects: what is written last stays."""

import asyncio
import copy
from collections.abc import Iterator
from contextlib import contextmanager

from integration import StatuspagePortAppConfig, StatuspageResourceConfig
from kinds import ObjectKind
from publishing.found import Found
from publishing.publish import results_of
from publishing.resync_overlap import Resyncs
from resync.streams import updates_of
from statuspage import page_status
from tests.account import Account, Raw
from tests.port_resources.shipped import mapping_config
from tests.virtual_time import now

BLOCKS: list[StatuspageResourceConfig] = list(StatuspagePortAppConfig(**mapping_config()).resources)


class PortIsDown(Exception):
    """What Port's client may raise."""


class Catalog:
    """Takes what live events bring, and what a resync loads, each in its own time."""

    def __init__(self, takes: float = 0.1) -> None:
        self.written: dict[tuple[ObjectKind, str], float] = {}
        self.objects: dict[tuple[ObjectKind, str], Raw] = {}
        self.published: list[Found] = []
        self.written_at: list[float] = []
        self.failures = 0
        self.running = 0
        self.begun_or_ended = 0
        self.takes = takes

    def of(self, kind: ObjectKind, object_id: str) -> Raw | None:
        """Return an object."""
        return self.objects.get((kind, object_id))

    async def resyncs(self) -> Resyncs:
        """Tell of resyncs, as Port does."""
        await asyncio.sleep(self.takes / 2)
        return Resyncs(bool(self.running), str(self.begun_or_ended))

    @contextmanager
    def resync(self) -> Iterator[None]:
        """Note that a resync runs."""
        self.running += 1
        self.begun_or_ended += 1
        try:
            yield
        finally:
            self.running -= 1
            self.begun_or_ended += 1

    async def publish(self, found: Found) -> None:
        """Apply what was found, as Ocean does."""
        await asyncio.sleep(self.takes)
        if self.failures:
            self.failures -= 1
            raise PortIsDown("Port is down")
        self.published.append(found)
        gone = found.gone(ObjectKind.INCIDENT)
        for key, item in list(self.objects.items()):
            if key[0] is ObjectKind.INCIDENT_UPDATE and item["incident_id"] in gone:
                del self.objects[key]
        for block in BLOCKS:
            results = results_of(block.stream, found)
            if block.kind == ObjectKind.PAGE and not found.whole_page:
                self.write_status(results.updated)
            else:
                self.write(ObjectKind(block.kind), results.updated)
            await asyncio.sleep(self.takes / 10)
            for item in results.deleted:
                self.objects.pop((ObjectKind(block.kind), item["id"]), None)
        self.written_at.append(now())

    def write(self, kind: ObjectKind, items: list[Raw]) -> None:
        """Load what the mapping's selector lets through."""
        for item in items:
            if kind is not ObjectKind.COMPONENT or item.get("group") is False:
                self.objects[kind, item["id"]] = copy.deepcopy(item)
                self.written[kind, item["id"]] = now()

    def write_status(self, pages: list[Raw]) -> None:
        """Load what a live event tells of a page: its status alone."""
        for page in pages:
            held = self.objects.get((ObjectKind.PAGE, page["id"]), {"id": page["id"]})
            self.write(ObjectKind.PAGE, [{**held, "__status": page["__status"]}])

    def reconcile(self, loaded: set[tuple[ObjectKind, str]], began: float) -> None:
        """Take out what a resync did not load and nobody has written since it began."""
        for key in set(self.objects) - loaded:
            if self.written[key] < began:
                del self.objects[key]

    def load(self, account: Account) -> None:
        """Load everything that there is, as a resync would."""
        for page in account.pages.values():
            rows = {row["id"]: row for row in page.components}
            status = page_status.derived(page.components).raw()
            self.write(ObjectKind.PAGE, [{**page.raw, "__status": status}])
            self.write(
                ObjectKind.COMPONENT_GROUP,
                [{**group, "__status": rows[group["id"]]["status"]} for group in page.groups],
            )
            self.write(ObjectKind.COMPONENT, page.components)
            self.write(ObjectKind.INCIDENT, page.incidents)
            self.write(ObjectKind.INCIDENT_UPDATE, updates_of(page.incidents))


def assert_true(catalog: Catalog, account: Account, told: set[tuple[str, str]]) -> None:
    """Check each object that an event told of, and what goes with it: it is as it is."""
    for page in account.pages.values():
        page_id, rows = page.raw["id"], {row["id"]: row for row in page.components}
        components = {id_ for subject, id_ in told if subject == "component"}
        for incident in page.incidents:
            if ("incident", incident["id"]) in told:
                brought = catalog.of(ObjectKind.INCIDENT, incident["id"])
                assert brought is not None
                assert _mapped(brought) == _mapped(incident)
                components |= {row["id"] for row in incident["components"]}
                for update in incident["incident_updates"]:
                    told_so = catalog.of(ObjectKind.INCIDENT_UPDATE, update["id"])
                    assert told_so is not None
                    assert told_so["body"] == update["body"]
        here = [rows[id_] for id_ in components if id_ in rows]
        for row in here:
            assert catalog.of(ObjectKind.COMPONENT, row["id"]) == row
            if row["group_id"]:
                group = catalog.of(ObjectKind.COMPONENT_GROUP, row["group_id"])
                assert group is not None
                assert group["__status"] == rows[row["group_id"]]["status"]
        if here:
            shown = catalog.of(ObjectKind.PAGE, page_id)
            assert shown is not None
            assert shown["__status"] == page_status.derived(page.components).raw()
    alive = {one["id"] for page in account.pages.values() for one in page.incidents}
    alive |= {row["id"] for page in account.pages.values() for row in page.components}
    for kind, object_id in catalog.objects:
        if kind in (ObjectKind.INCIDENT, ObjectKind.COMPONENT):
            assert object_id in alive or (kind.value, object_id) not in told


def _mapped(incident: Raw) -> Raw:
    """Return what the mapping reads: of an incident's components only which they are."""
    return incident | {"components": [row["id"] for row in incident["components"]]}
