"""What can be decided without I/O."""
