"""Prometheus Alertmanager, and what speaks as it does."""
