"""Reads and writes of the catalog, by its rules."""
