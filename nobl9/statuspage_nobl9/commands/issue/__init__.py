"""`statuspage nobl9 issue`."""
