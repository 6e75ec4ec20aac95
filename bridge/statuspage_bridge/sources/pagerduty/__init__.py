"""PagerDuty: what it tells by webhook, and what it has."""
