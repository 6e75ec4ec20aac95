"""Times, texts and questions."""
