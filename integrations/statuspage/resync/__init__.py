"""How a resync reads: each list once, from all pages at the same time, nothing lost in silence.

spool        lists wait on disk until every kind has read them
snapshot     each list of one resync, fetched once and ahead of its readers
streams      what one page yields for each kind
merging      all pages' streams as one, in batches that suit Ocean
changes      what changed since the last incremental sync
believed     the incidents that Port still holds for open
knowledge    what resyncs and live events share
newest       what live events have read since, which no resync overwrites
errors       what only a resync can run into
session      the snapshot that belongs to Ocean's running event
"""
