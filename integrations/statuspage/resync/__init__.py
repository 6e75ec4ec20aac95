"""How a resync reads: each list once, from all pages at the same time, nothing lost in silence.

From Statuspage to Ocean, in this order:

complete_lists   a list to its end; an empty one is asked for once more
snapshot         the lists of one resync, each fetched once and ahead of its readers
spool            where they wait: on disk, until every kind has read them
streams          what one page yields for each kind
merging          all pages' streams as one, in batches that suit Ocean
everywhere       a kind's objects of all pages
session          the snapshot that belongs to Ocean's running event

For an incremental sync:

changes          what changed since the last one
open_incidents   the incidents that are open in Port
quiet_pages      the pages on which nothing has happened, which are not read

What they share:

known_pages      the pages as this process has seen them, for live events as well
served_pages     which pages we serve, read where no resync has read them lately
group_rows       a group, made of its row among the components
held_in_port     whether Port holds what a list no longer shows
scopes           which lists show an incident
single_flight    a value that several want and that is fetched once
errors           what only a resync can run into
"""
