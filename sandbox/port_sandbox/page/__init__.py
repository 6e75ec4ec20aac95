"""The page to see the catalog in."""
