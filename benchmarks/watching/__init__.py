"""How soon changes arrive by watching alone, at what cost, and hundreds of pages at rest."""
