"""What to try, once everything runs."""

import shlex
import sys

from rich.markup import escape

from launcher.bridge import Bridge
from launcher.company import FIRST_PAGE
from launcher.paths import INTEGRATION, SANDBOX, program
from launcher.seeding import read_page
from launcher.stack import Stack

BROKEN = "Label printing"
KEY = "labels"


def next_steps(stack: Stack) -> str:
    """Return the addresses, a form, two commands about an incident, and one that plays an alert.

    They hold whole paths, so that they work in any folder. They notify, since the integration's
    webhook is a subscriber like any other.
    """
    page = read_page(FIRST_PAGE)["id"]
    command = shlex.quote(str(program(INTEGRATION, "statuspage")))
    key_file = shlex.quote(str(stack.key_file.resolve()))
    where = f"--host {stack.server.address} --token-file {key_file} -p {page}"
    what = f"--key {KEY} --notify --yes"
    opens = f"""{command} incident create \\
      {where} \\
      {what} -t "Labels do not print" -m "We are looking into it." -c "{BROKEN}=major_outage\""""
    resolves = f"""{command} incident resolve \\
      {where} \\
      {what} -m "Labels print again.\""""
    bridge = "" if stack.bridge is None else _alert(stack, stack.bridge, page)
    return f"""
  The catalog      [bold cyan]{stack.sandbox.address}[/]
  The status page  [bold cyan]{stack.server.address}[/]
  The integration  [bold cyan]{stack.integration.address}[/]

  Open an incident from the catalog: [bold cyan]{stack.sandbox.address}/self-service[/]
  It is on the status page, and back in the catalog, within seconds.

  Or open one on the status page itself, in another terminal, from any folder:

    {escape(opens)}

  A moment later it is in the catalog, and {BROKEN} is out of order. This resolves it:

    {escape(resolves)}
{bridge}
  Ctrl-C stops everything.
"""


def _alert(stack: Stack, bridge: Bridge, page: str) -> str:
    plays = f"""PYTHONPATH={shlex.quote(str(SANDBOX))} {shlex.quote(sys.executable)} \\
      -m launcher.play_alert --bridge {bridge.address} \\
      --server {stack.server.address} --sandbox {stack.sandbox.address} \\
      --page {page} --token-file {shlex.quote(str(bridge.token_file.resolve()))}"""
    return f"""
  The bridge at [bold cyan]{bridge.address}[/] makes incidents of alerts. This plays one, as an
  Alertmanager sends it: it fires, is on the page and in the catalog, and is over.

    {escape(plays)}
"""
