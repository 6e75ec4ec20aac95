"""What the manage API does, apart from HTTP: each function is one write."""
