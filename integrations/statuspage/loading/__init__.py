"""Entities into Port while the next ones are read and mapped, instead of one after the other.

`pipeline` runs the loads of a kind side by side, and `side_by_side` the kinds, each of which has a
state in `kind_metrics`. `preparing` is what a kind needs besides its objects, `places` which write
comes next. `overlapping` is what they change in Ocean's resync. `port_client` is how Port is asked
and told meanwhile, `unchanged` what need not be written, `kept` what is held of an entity that is
loaded. `collecting` is for Python's garbage collector.
"""
