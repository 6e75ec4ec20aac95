"""The commands that write."""
