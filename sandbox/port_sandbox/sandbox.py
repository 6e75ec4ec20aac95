"""The parts of one sandbox, put together."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from port_sandbox.catalog.blueprints import Blueprints
from port_sandbox.catalog.launches import Launches
from port_sandbox.catalog.reads import CatalogReads
from port_sandbox.catalog.writes import CatalogWrites
from port_sandbox.core.faults import FaultInjection
from port_sandbox.storage.database import IN_MEMORY, Database
from port_sandbox.storage.documents import DocumentStore
from port_sandbox.storage.entities import CatalogStore
from port_sandbox.storage.history import HistoryStore
from port_sandbox.storage.integrations import IntegrationStore
from port_sandbox.storage.logs import LogStore
from port_sandbox.storage.resyncs import ResyncStore
from port_sandbox.storage.runs import RunStore
from port_sandbox.storage.tables import TableStore


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen when a sandbox starts."""

    database: str = IN_MEMORY
    token_lifetime: timedelta = timedelta(hours=3)
    # Who may sign in; anyone where nothing is said.
    client_secret: str | None = None
    faults: bool = False
    # How long an open page waits before it asks again whether something has changed.
    refresh_interval: timedelta = timedelta(seconds=1.5)


@dataclass(slots=True)
class Sandbox:
    """Everything that the endpoints and the page use."""

    settings: Settings = field(default_factory=Settings)
    clock: Callable[[], datetime] = system_clock
    database: Database = field(init=False)
    catalog: CatalogStore = field(init=False)
    blueprints: Blueprints = field(init=False)
    reads: CatalogReads = field(init=False)
    writes: CatalogWrites = field(init=False)
    history: HistoryStore = field(init=False)
    tables: TableStore = field(init=False)
    scorecards: DocumentStore = field(init=False)
    pages: DocumentStore = field(init=False)
    actions: DocumentStore = field(init=False)
    workflows: DocumentStore = field(init=False)
    integrations: IntegrationStore = field(init=False)
    resyncs: ResyncStore = field(init=False)
    logs: LogStore = field(init=False)
    action_runs: RunStore = field(init=False)
    node_runs: RunStore = field(init=False)
    launches: Launches = field(init=False)
    faults: FaultInjection = field(default_factory=FaultInjection)
    token_secret: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.database = Database(self.settings.database)
        self.catalog = CatalogStore(self.database)
        self.history = HistoryStore(self.database)
        self.tables = TableStore(self.database)
        self.scorecards = DocumentStore(self.database, "scorecards")
        self.pages = DocumentStore(self.database, "pages")
        self.actions = DocumentStore(self.database, "actions")
        self.workflows = DocumentStore(self.database, "workflows")
        self.blueprints = Blueprints(self.catalog, self.clock)
        self.reads = CatalogReads(self.catalog, self.scorecards)
        self.writes = CatalogWrites(self.catalog, self.clock)
        self.integrations = IntegrationStore(self.database)
        self.resyncs = ResyncStore(self.database)
        self.logs = LogStore(self.database)
        self.action_runs = RunStore(self.database, "action")
        self.node_runs = RunStore(self.database, "node")
        self.launches = Launches(
            self.catalog,
            (self.actions, self.workflows),
            (self.action_runs, self.node_runs),
            self.clock,
        )
        self.token_secret = self._kept_secret()

    def _kept_secret(self) -> str:
        """Return the secret of the tokens; it is kept, so that a restart signs nobody out."""
        self.database.execute(
            "INSERT OR IGNORE INTO settings VALUES ('token_secret', ?)", (secrets.token_hex(32),)
        )
        row = self.database.first("SELECT value FROM settings WHERE name = 'token_secret'")
        return str(row["value"]) if row else ""
