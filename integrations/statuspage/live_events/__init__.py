"""Live events: what Statuspage tells by webhook, and the subscriptions that make it tell."""
