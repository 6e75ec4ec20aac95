"""Everything that can be set, in a file or in the environment."""
