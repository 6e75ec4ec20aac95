"""A self-hosted status page, driven by heartbeats, that speaks the Statuspage API."""

__version__ = "1.0.0"
