"""A page's public view, shown live: what it holds, what changed, and how it looks."""
