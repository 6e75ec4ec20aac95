"""The operators' pages. Every form calls what the manage API's routes call."""
