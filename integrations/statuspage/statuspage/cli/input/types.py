"""Times and lengths as types of click's options."""

from datetime import datetime, timedelta
from typing import Any

import click

from statuspage.cli.environment import Environment

from .times import parse_length, parse_moment


class MomentType(click.ParamType):  # type: ignore[type-arg]  # only new versions of click have one
    """A point in time, see `times`."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        environment = (ctx.find_object(Environment) if ctx else None) or Environment()
        try:
            return parse_moment(value, environment.utc(), environment.zone)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class LengthType(click.ParamType):  # type: ignore[type-arg]  # only new versions of click have one
    """A length of time, see `times`."""

    name = "length"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            return parse_length(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


MOMENT = MomentType()
LENGTH = LengthType()
