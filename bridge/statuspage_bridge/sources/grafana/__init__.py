"""Grafana Alerting, which has an Alertmanager inside."""
