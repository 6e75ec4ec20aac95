"""Live events: what Statuspage tells by webhook, and the subscriptions that make it tell.

The way of an event, from the request into the catalog:

reception      the address, with the door before Ocean's queue and the processors behind it
door           strangers, floods and what is known already end here
underway       what was let in and is still in Ocean's queue
refusals       what was refused, told once a minute
processors     where Ocean hands an event over; they check it once more
token          the proof that it comes from a subscription of ours
hints          which object of which page it names: all that is believed of it
desk           takes hints; looks at one page after the other
pending        what waits to be looked at, each object once
answered       what has been read already
budget         how much of the quota events may take that anybody could have sent
roster         the pages that we serve
plan           which requests show some objects
look           reads them, and what goes with them
groups         a group, told by its row among the components
publishing     through the mapping into Port
forgetting     what is gone, once it is proven that it is what the event named
behind_resync  a second look, where a resync ran in another process meanwhile
telling        the log line

subscribing    keeps one subscription of ours on each page
unsubscribe    removes them: `python -m live_events.unsubscribe`
"""
