"""Keeps one webhook subscription of ours on each page that is served."""
