"""`statuspage incident ...`."""
