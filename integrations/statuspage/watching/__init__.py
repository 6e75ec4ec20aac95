"""Watches what pages show in public, so that changes arrive without webhooks and at no cost.

documents   the public documents of a page, parsed; what is no document is an error
view        what they show together, and what a comparison needs of each object
compare     what changed between two views, and what is proven to be gone
news        what of that is to be read again, as notifications for the queue of live events
reader      one page's documents, asked for by their tags; older copies are dropped
"""
