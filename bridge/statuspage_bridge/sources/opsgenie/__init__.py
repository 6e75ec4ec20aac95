"""Opsgenie, and Jira Service Management, whose webhooks have the same form."""
