"""The widgets of a dashboard, drawn: each from its own definition."""
