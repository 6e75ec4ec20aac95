"""`python -m statuspage_bridge`."""

from .cli import main

main()
