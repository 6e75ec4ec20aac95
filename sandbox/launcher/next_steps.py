"""What to try, once everything runs."""

import os

from launcher.company import FIRST_PAGE
from launcher.page_export import component_id
from launcher.seeding import read_page
from launcher.stack import Stack

BROKEN = "Label printing"


def next_steps(stack: Stack) -> str:
    """Return the three addresses, and a command that opens an incident."""
    page = read_page(FIRST_PAGE)
    key = os.path.relpath(stack.key_file)
    component = component_id(page["id"], BROKEN)
    return f"""
  The catalog      [bold cyan]{stack.sandbox.address}[/]
  The status page  [bold cyan]{stack.server.address}[/]
  The integration  [bold cyan]{stack.integration.address}[/]

  Open the catalog, then open an incident in another terminal:

    curl {stack.server.address}/v1/pages/{page["id"]}/incidents \\
      -H "Authorization: OAuth $(cat {key})" \\
      -d 'incident\\[name]=Labels do not print' -d 'incident\\[status]=investigating' \\
      -d 'incident\\[body]=We are looking into it.' \\
      -d 'incident\\[components]\\[{component}]=major_outage'

  A moment later it is in the catalog, and {BROKEN} is out of order. Ctrl-C stops everything.
"""
