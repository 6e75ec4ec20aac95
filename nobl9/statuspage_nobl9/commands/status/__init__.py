"""`statuspage nobl9 status`."""
