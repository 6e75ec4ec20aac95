"""`statuspage auth ...`."""
