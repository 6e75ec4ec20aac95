"""Measures the integration from end to end: see ../README.md."""
