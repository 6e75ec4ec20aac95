"""What the bridge answers."""
