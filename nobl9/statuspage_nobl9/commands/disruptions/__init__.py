"""`statuspage nobl9 disruptions`."""
