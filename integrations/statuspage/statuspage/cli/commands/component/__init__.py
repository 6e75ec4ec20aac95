"""`statuspage component ...`."""
