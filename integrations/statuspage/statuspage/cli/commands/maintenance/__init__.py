"""`statuspage maintenance ...`."""
