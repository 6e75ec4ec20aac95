"""What outlives a restart: alerts, decisions, ids of webhooks, incidents of ours."""
