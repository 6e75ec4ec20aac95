"""Entities into Port while the next ones are read and mapped, instead of one after the other.

`pipeline` runs the loads of a kind side by side, `overlapping` is what it changes in Ocean's
resync, `kept` is what is held of an entity that is loaded, `collecting` is for Python's
garbage collector.
"""
