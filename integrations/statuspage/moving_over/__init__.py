"""Brings what this version has new into a Port that has the definitions of an earlier one.

blueprints   a blueprint with what ours has and it lacks
mapping      a stored mapping with what ours has and it lacks
plan         what would change in Port, and in which words
port         reads and writes Port's definitions
copy_file    the copy of what is replaced, by which all of it can be undone
__main__     the command
"""
