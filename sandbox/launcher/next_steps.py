"""What to try, once everything runs."""

import os

from launcher.actions import ENABLED
from launcher.company import FIRST_PAGE
from launcher.page_export import component_id
from launcher.seeding import read_page
from launcher.stack import Stack

BROKEN = "Label printing"


def next_steps(stack: Stack) -> str:
    """Return the three addresses, and how to open an incident: by a form and by a command."""
    page = read_page(FIRST_PAGE)
    key = os.path.relpath(stack.key_file)
    component = component_id(page["id"], BROKEN)
    return f"""
  The catalog      [bold cyan]{stack.sandbox.address}[/]
  The status page  [bold cyan]{stack.server.address}[/]
  The integration  [bold cyan]{stack.integration.address}[/]

{_first_step(stack)}

    curl {stack.server.address}/v1/pages/{page["id"]}/incidents \\
      -H "Authorization: OAuth $(cat {key})" \\
      -d 'incident\\[name]=Labels do not print' -d 'incident\\[status]=investigating' \\
      -d 'incident\\[body]=We are looking into it.' \\
      -d 'incident\\[components]\\[{component}]=major_outage'

  A moment later it is in the catalog, and {BROKEN} is out of order. Ctrl-C stops everything.
"""


def _first_step(stack: Stack) -> str:
    if ENABLED not in stack.integration.settings:
        return "  Open the catalog, then open an incident in another terminal:"
    form = f"{stack.sandbox.address}/self-service"
    return f"""  Open an incident from the catalog: [bold cyan]{form}[/]
  It is on the status page, and back in the catalog, within seconds.

  Or open one on the status page itself, in another terminal:"""
