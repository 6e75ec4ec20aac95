"""What is decided without any I/O: given the alerts, the page and the rules, what to do."""
