"""Datadog monitors."""
