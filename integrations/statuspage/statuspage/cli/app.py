"""What a command works with: its options, its output, and a client of the API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate

import click

from .environment import Environment
from .options import Options, completed, given
from .output import Output
from .profiles import read_profile

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient
    from statuspage.keys import Found


class App:
    """Everything that the functions of the commands share."""

    def __init__(self, environment: Environment, options: Options) -> None:
        self.environment = environment
        self.options = options
        self.output = output_of(environment, as_json=options.json)

    @cached_property
    def key(self) -> "Found":
        """The API key and where it was found."""
        from statuspage.keys import first_key  # noqa: PLC0415 (only some commands need a key)

        from .key_places import places  # noqa: PLC0415

        return first_key(places(self.environment, self.options))

    @asynccontextmanager
    async def client(self) -> "AsyncIterator[StatuspageClient]":
        """Open a client with the user's key."""
        from .connecting import connected  # noqa: PLC0415 (httpx is slow to import)

        async with connected(self, self.key.key) as client:
            yield client

    async def page(self, client: "StatuspageClient") -> str:
        """Return the id of the page that is meant."""
        from statuspage.naming import find_page  # noqa: PLC0415 (it brings the client)

        return await find_page(client, self.options.page)

    def run[**P, R](
        self, work: "Callable[Concatenate[App, P], Awaitable[R]]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an asynchronous function to its end."""
        import asyncio  # noqa: PLC0415 (--help needs none of it)

        async def whole() -> R:
            return await work(self, *args, **kwargs)

        return asyncio.run(whole())


def output_of(environment: Environment, *, as_json: bool) -> Output:
    """Return what prints to the user's terminal or pipe."""
    return Output(
        as_json=as_json,
        colours=environment.shows_colours(),
        utc=environment.utc,
        variables=environment.variables,
    )


def environment_of(context: click.Context) -> Environment:
    """Return the world around this call."""
    return context.find_object(Environment) or Environment()


def app_of(context: click.Context, *, new_profile: bool = False) -> App:
    """Return what a command works with, once all its options are read."""
    environment = environment_of(context)
    said = given(context)
    wanted = said.get("profile") or environment.variables.get("STATUSPAGE_PROFILE") or None
    profile = read_profile(environment.config, wanted, may_be_new=new_profile)
    return App(environment, completed(said, environment.variables, profile))


def pass_app[**P, R](command: Callable[Concatenate[App, P], R]) -> Callable[P, R]:
    """Hand the app to a command as its first argument."""
    return _passing(command, new_profile=False)


def pass_app_of_new_profile[**P, R](command: Callable[Concatenate[App, P], R]) -> Callable[P, R]:
    """Hand the app to a command that makes the profile which it names."""
    return _passing(command, new_profile=True)


def _passing[**P, R](
    command: Callable[Concatenate[App, P], R], *, new_profile: bool
) -> Callable[P, R]:
    @click.pass_context
    def with_app(context: click.Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return context.invoke(command, app_of(context, new_profile=new_profile), *args, **kwargs)

    with_app.__doc__ = command.__doc__
    return with_app
