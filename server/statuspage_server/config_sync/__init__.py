"""Bringing the database in line with config.yml: its pages, groups and items.

What the file made belongs to the file: a name changed there is changed here, an item taken out
there goes here. What came through the API is left alone.
"""
