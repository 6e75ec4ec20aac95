"""The tables. Documents are JSON texts, kept as they came."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blueprints (
    identifier TEXT PRIMARY KEY, document TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entities (
    blueprint TEXT NOT NULL, identifier TEXT NOT NULL,
    title TEXT, icon TEXT, team TEXT NOT NULL,
    properties TEXT NOT NULL, relations TEXT NOT NULL, datasource TEXT NOT NULL,
    created_at TEXT NOT NULL, created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL, updated_by TEXT NOT NULL,
    PRIMARY KEY (blueprint, identifier)
);
CREATE TABLE IF NOT EXISTS pointers (
    target_blueprint TEXT NOT NULL, target TEXT NOT NULL, relation TEXT NOT NULL,
    blueprint TEXT NOT NULL, identifier TEXT NOT NULL,
    PRIMARY KEY (target_blueprint, target, relation, blueprint, identifier)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pointers_by_source ON pointers (blueprint, identifier);
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY, blueprint TEXT NOT NULL, identifier TEXT NOT NULL,
    action TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, changes TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS history_by_entity ON history (blueprint, identifier);
CREATE TABLE IF NOT EXISTS live_changes (history INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, parent TEXT NOT NULL, identifier TEXT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (collection, parent, identifier)
);
CREATE TABLE IF NOT EXISTS resyncs (
    id INTEGER PRIMARY KEY, integration TEXT NOT NULL, event_id TEXT,
    state TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT
);
CREATE INDEX IF NOT EXISTS resyncs_by_event ON resyncs (event_id);
CREATE TABLE IF NOT EXISTS sync_kinds (
    event_id TEXT NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (event_id, kind)
);
CREATE TABLE IF NOT EXISTS logs (
    id INTEGER PRIMARY KEY, integration TEXT NOT NULL, level TEXT NOT NULL,
    at TEXT NOT NULL, message TEXT NOT NULL, extra TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS logs_by_level ON logs (level, id);
CREATE TABLE IF NOT EXISTS examples (
    id INTEGER PRIMARY KEY, integration TEXT NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, installation TEXT NOT NULL, name TEXT NOT NULL,
    external_id TEXT, claimed_until TEXT NOT NULL DEFAULT '',
    acknowledged INTEGER NOT NULL DEFAULT 0,
    document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS run_logs (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, at TEXT NOT NULL, level TEXT NOT NULL,
    message TEXT NOT NULL
);
"""
