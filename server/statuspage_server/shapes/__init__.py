"""Rows as the vendor shows them: key for key, in its order, with its kinds of timestamps."""
