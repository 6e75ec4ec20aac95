"""Options that several commands have."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from conan.errors import ConanException

SERVICE = "statuspage-token"

# Within half a minute.
RETRIES = 4

# The status of components that are named without one.
WORST = "major_outage"


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add what every command needs: the page, the key, and the way to the API."""
    add = parser.add_argument
    add("-p", "--page", help="The page: its id, name or subdomain")
    add(
        "-tk",
        "--token",
        help="The API token; others on this machine can see it in the list of "
        "processes, so rather use a keychain or --token-file",
    )
    add("--token-file", metavar="FILE", help="Read the API token from a file; - is standard input")
    add("-ku", "--keychain-user", help="The user that the token is stored for. Default: yours")
    add(
        "-ks",
        "--keychain-service",
        default=SERVICE,
        help="The name that the token is stored under. Default: %(default)s",
    )
    add(
        "-kc",
        "--keychain",
        metavar="FILE",
        help="The keychain of macOS that holds it. Default: yours, then secrets.keychain",
    )
    add(
        "-g",
        "--ignore-ssl",
        action="store_true",
        help="Do not check the server's certificate this time",
    )
    add(
        "--retries",
        type=int,
        default=RETRIES,
        metavar="N",
        help="How often a request that failed is sent again. Default: %(default)s",
    )
    add(
        "--host",
        default=os.environ.get("STATUSPAGE_HOST"),
        help="Another server that speaks the API. Default: STATUSPAGE_HOST, then Statuspage",
    )


def add_incident(parser: argparse.ArgumentParser) -> None:
    """Add which one is meant."""
    parser.add_argument("-ic", "--incident", metavar="ID", help="The id, as it was printed")


def add_text(parser: argparse.ArgumentParser) -> None:
    """Add the title and the message."""
    parser.add_argument("-t", "--title", help="The title")
    add_message(parser)


def add_message(parser: argparse.ArgumentParser) -> None:
    """Add the message, and whether it reaches subscribers."""
    message = parser.add_mutually_exclusive_group()
    message.add_argument("-m", "--message", help="The message, of one line or several")
    message.add_argument(
        "--message-file", metavar="FILE", help="Read the message from a file; - is standard input"
    )
    parser.add_argument("--no-notify", action="store_true", help="Do not notify subscribers")


def add_components(parser: argparse.ArgumentParser, told: str) -> None:
    """Add the components."""
    parser.add_argument(
        "-c",
        "--components",
        nargs="+",
        action="extend",
        default=[],
        metavar="COMPONENT",
        help=f"{told}, by id, name or 'Group / Name'",
    )


def add_state(parser: argparse.ArgumentParser) -> None:
    """Add how far the incident is and how bad."""
    from statuspage.drafts import COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES

    parser.add_argument("-s", "--status", choices=INCIDENT_STATUSES, help="How far you are")
    parser.add_argument("-i", "--impact", choices=IMPACTS, help="The impact that the page shows")
    parser.add_argument(
        "-cs",
        "--component-status",
        choices=COMPONENT_STATUSES,
        help=f"The status of the components. Default: {WORST}",
    )


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add the caller's own key."""
    parser.add_argument(
        "--key",
        help="A word of your own, which is public: while something with "
        "it is open, nothing new is created",
    )


def message_of(args: argparse.Namespace) -> str | None:
    """Return the message, whichever way it came."""
    if args.message_file is None:
        return None if args.message is None else str(args.message)
    if "-" == args.message_file == args.token_file:
        raise ConanException("Standard input cannot hold both the token and the message.")
    return read(args.message_file, "--message-file").rstrip()


def read(path: str, option: str) -> str:
    """Return what a file or standard input holds."""
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConanException(f"{option} cannot be read: {error}") from None


def require(args: argparse.Namespace, **told: str) -> None:
    """End the command when an option is missing; `told` names each by its destination."""
    for name, title in told.items():
        if not getattr(args, name):
            raise ConanException(f"{title} is required.")
