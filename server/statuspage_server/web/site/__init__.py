"""The pages that visitors look at, their feeds, badges and embeds, by HTTP."""
