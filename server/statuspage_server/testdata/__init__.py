"""Help for authors of clients: pages of any size with a history, and copies of other pages."""
