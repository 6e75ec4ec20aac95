"""What a command works with: its options, its output, and a client of Nobl9."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Concatenate

import click
from statuspage.cli.extension import (
    Command,
    Environment,
    Profile,
    command,
    environment_of,
    given,
    output_of,
)

from statuspage_nobl9.address import DEFAULT
from statuspage_nobl9.credentials import BASE_URL
from statuspage_nobl9.finding import SERVICE, Settings, find, written
from statuspage_nobl9.folder import NAME

from .options import COMMON, Options, completed

if TYPE_CHECKING:
    from statuspage import keys

    from statuspage_nobl9.client import Nobl9Client


class App:
    """Everything that the functions of the commands share."""

    def __init__(self, environment: Environment, options: Options) -> None:
        self.environment = environment
        self.options = options
        self.output = output_of(environment, as_json=options.json)
        self.folder = environment.cache / NAME

    @cached_property
    def settings(self) -> Settings:
        """The credentials, and where they were found."""
        return find(self.environment.variables, self.options.env_file, self.places)

    @property
    def address(self) -> str:
        """Where requests go, whoever sends them."""
        variables = written(self.environment.variables, self.options.env_file)
        return self.options.host or variables.get(BASE_URL, DEFAULT)

    def profile_of(self, name: str) -> Profile:
        """Return where the keyring keeps a variable."""
        service = f"{SERVICE}-{self.options.profile}" if self.options.profile else SERVICE
        return Profile(keyring_service=service, keyring_user=name)

    def places(self, name: str) -> "Sequence[keys.Place]":
        """Return the places of this system that may hold a variable."""
        return self.environment.places(self.profile_of(name))

    @asynccontextmanager
    async def client(self, settings: Settings | None = None) -> "AsyncIterator[Nobl9Client]":
        """Open a client; its waits and retries are told on standard error."""
        from statuspage.cli.log_notes import logged_to  # noqa: PLC0415 (--help needs none of it)

        from statuspage_nobl9.wiring import connect  # noqa: PLC0415 (httpx is slow to import)

        settings = settings or self.settings
        if self.options.insecure:
            self.output.note("Warning: the certificate of the server is not checked.")
        http = self.environment.http(self.options.timeout, verify=not self.options.insecure)
        async with http:
            client = connect(
                settings.credentials,
                base_url=self.address,
                api=self.options.api,
                http=http,
                clock=self.environment.clock(),
                retries=self.options.retries,
                folder=self.folder,
            )
            with logged_to(self.output.note, "statuspage_nobl9"):
                yield client

    def run[**P, R](
        self, work: "Callable[Concatenate[App, P], Awaitable[R]]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an asynchronous function to its end."""
        import asyncio  # noqa: PLC0415 (--help needs none of it)

        async def whole() -> R:
            return await work(self, *args, **kwargs)

        return asyncio.run(whole())


class Nobl9Command(Command):
    """A command with the options of these commands."""

    common = COMMON


def nobl9_command(
    *, examples: Sequence[str], name: str | None = None
) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function, which is handed the app as its first argument."""

    def made(function: Callable[..., Any]) -> Command:
        @click.pass_context
        def with_app(context: click.Context, /, *args: Any, **kwargs: Any) -> Any:
            app = App(environment_of(context), completed(dict(given(context))))
            return context.invoke(function, app, *args, **kwargs)

        with_app.__doc__ = function.__doc__
        # click reads the arguments and options that stand above the function from here.
        with_app.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return command(name, examples=examples, cls=Nobl9Command)(with_app)

    return made
