"""Items, their beats, and what the two make of the components on a page."""
