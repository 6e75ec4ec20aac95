"""The status page API of Nobl9, in the shapes of version 1 and of version 2."""
