"""Actions from the click to the status page and back to the catalog, measured."""
