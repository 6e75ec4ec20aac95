"""Notifications to webhook subscribers: written with the change they tell of, sent afterwards."""
