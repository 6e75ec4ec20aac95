"""How a resync reads: each list once, from all pages at the same time, nothing lost in silence.

From Statuspage to Ocean, in this order:

pages_ahead      the list of pages and what they show, asked for while Ocean reads the mapping
complete_lists   a list to its end; an empty one is asked for once more
snapshot         the lists of one resync, each fetched once and ahead of its readers
spool            where they wait: on disk, until every kind has read them
room             how many batches of a kind come back from there before they are wanted
streams          what one page yields for each kind
merging          all pages' streams as one, in batches that suit Ocean
everywhere       a kind's objects of all pages
session          the snapshot that belongs to Ocean's running event

For an incremental sync:

shown_pages      what pages show in public, at no cost: whether and what has happened
shown_streams    pages, groups and components, taken from there
changes          the incidents that changed since the last sync
shown_changes    those that the public view tells
listed_changes   those that the API's lists tell, where there is no view
costs            which requests bring some incidents the cheapest
change_rules     what moments and order tell of changes
changed          what a page's incidents went through
mapped           what the blocks of a mapping want of a page
needs            whether a component's public row holds all that the mapping asks for
open_incidents   the incidents that are open in Port

What they share:

public_documents  the public documents of a page, parsed; what is no document is an error
public_reading   reads one, in time
known_pages      the pages as this process has seen them, for live events as well
served_pages     which pages we serve, read where no resync has read them lately
group_rows       a group, made of its row among the components
held_in_port     which pages and how many incidents Port holds, and what of a list
scopes           which lists show an incident
single_flight    a value that several want and that is fetched once
errors           what only a resync can run into
"""
