"""The example company: what its pages are called, and the files that hold them."""

from pathlib import Path

FILES = Path(__file__).parent

# The page of the server itself; the others stand below it.
FIRST_PAGE = FILES / "lanternfish-parcels.toml"
TOLD_PAGES = (FILES / "lanternfish-couriers.toml",)
# The examples of the integration's public documentation, under their own ids.
COPIED_PAGES = (FILES / "ctrlv-solutions.json",)
# A page as large as real ones get.
LARGE_PAGE = "Lanternfish Depots"
LARGE_COMPONENTS = 540
LARGE_GROUPS = 69
LARGE_INCIDENTS = 180
