"""When a maintenance begins and ends."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from conan.errors import ConanException

# The API refuses a beginning that has passed when it reads the request.
SOON = timedelta(minutes=1)
LENGTH = timedelta(hours=8)


class Period(NamedTuple):
    """From when to when, and whether that is as soon as it can be."""

    begin: datetime
    end: datetime
    begins_now: bool


def add_period(parser: argparse.ArgumentParser) -> None:
    """Add the beginning and the end."""
    parser.add_argument(
        "-s",
        "--scheduled",
        metavar="TIME",
        default="now",
        help="When it begins: 2030-03-01T22:00:00Z, any other zone, +2h, 'tomorrow 22:00'. "
        "Without a zone it is UTC. Default: now, which is in a minute",
    )
    end = parser.add_mutually_exclusive_group()
    end.add_argument("--until", metavar="TIME", help="When it ends. Default: after 8 hours")
    end.add_argument("--for", metavar="LENGTH", dest="length", help="How long it takes: 90m, 2h")


def period_of(args: argparse.Namespace, now: datetime) -> Period:
    """Return what was asked for."""
    from statuspage.cli.input.times import parse_length, parse_moment

    begins_now = (args.scheduled or "now").strip().lower() == "now"
    try:
        begin = now + SOON if begins_now else parse_moment(args.scheduled, now, timezone.utc)
        if args.until:
            end = parse_moment(args.until, now, timezone.utc)
        else:
            end = begin + (parse_length(args.length) if args.length else LENGTH)
    except (ValueError, OverflowError) as error:
        raise ConanException(str(error)) from None
    return Period(begin, end, begins_now)
