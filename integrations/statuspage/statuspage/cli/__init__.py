"""The command `statuspage`. It imports a command's module when that command is called."""
