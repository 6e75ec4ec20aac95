"""The command `statuspage`."""
