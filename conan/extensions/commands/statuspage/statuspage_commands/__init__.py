"""What the Conan commands for Statuspage have in common.

Conan imports every command whenever it starts, so what is slow or may be missing, the library
statuspage above all, is imported when a command runs.
"""
