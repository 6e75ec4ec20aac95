"""Alerts open, update and resolve incidents on a status page, one for each component."""

__version__ = "1.0.0"
