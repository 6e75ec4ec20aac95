"""Starts the whole loop on one machine: a status page, the integration and a catalog."""
