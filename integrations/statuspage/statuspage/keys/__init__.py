"""Where an API key is kept, and how it is found.

`first_key` asks one place after the other, `places` makes them, and `system` knows which of them
this machine has. It all comes without click and without httpx, so that others can use it too.
"""

from .chain import Absent, Found, Place, first_key

__all__ = ["Absent", "Found", "Place", "first_key"]
