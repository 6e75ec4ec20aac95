"""What is only proposed: to the log, and to whom the settings name."""
