"""`statuspage template ...`."""
