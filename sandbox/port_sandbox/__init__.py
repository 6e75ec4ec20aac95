"""A local Port: the endpoints that Ocean calls, and a page to see the catalog in."""
