"""Whatever sends JSON: in the form that is documented here, or in its own by a mapping."""
