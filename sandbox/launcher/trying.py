"""What to try, once everything runs."""

import os

from launcher.company import FIRST_PAGE
from launcher.preparing import read
from launcher.stack import Stack


def what_to_try(stack: Stack) -> str:
    """Return the three addresses, and a command that opens an incident."""
    page = read(FIRST_PAGE)
    key = os.path.relpath(stack.key_file)
    return f"""
  The catalog      [bold cyan]{stack.sandbox.address}[/]
  The status page  [bold cyan]{stack.server.address}[/]
  The integration  [bold cyan]{stack.integration.address}[/]

  Open the catalog, then open an incident in another terminal:

    curl {stack.server.address}/v1/pages/{page["id"]}/incidents \\
      -H "Authorization: OAuth $(cat {key})" \\
      -d 'incident\\[name]=Labels do not print' -d 'incident\\[status]=investigating' \\
      -d 'incident\\[body]=We are looking into it.'

  A moment later it is in the catalog, among the incidents. Ctrl-C stops everything.
"""
