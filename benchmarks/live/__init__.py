"""How long a change on the status page takes into the catalog, by live event."""
