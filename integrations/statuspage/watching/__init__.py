"""Watches what pages show in public, so that changes arrive without webhooks and at no cost.

view        what they show together, and what a comparison needs of each object
compare     what changed between two views, and what is proven to be gone
news        what of that is to be read again, as notifications for the queue of live events
reader      one page's documents, asked for by their tags; older copies are dropped
pace        when the next request may be sent, and when a page is looked at next
troubles    why a public view cannot be read, in one sentence
coverage    which way each page is live, and whether its webhooks still come
page_watch  looks at one page again and again, and hands on what changed
watcher     a watch for each page that is served
startup     begins to watch, in a process that stays
"""
