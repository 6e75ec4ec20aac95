"""`statuspage page ...`."""
