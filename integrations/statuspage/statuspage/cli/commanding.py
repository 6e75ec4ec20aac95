"""Commands with the common options, and groups that import a command when it is called."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from .options import COMMON

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(click.Command):
    """A command that takes the common options, and helps with examples."""

    common: Sequence[click.Option] = COMMON

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **settings: Any) -> None:
        settings["context_settings"] = {**CONTEXT, **settings.get("context_settings", {})}
        super().__init__(*arguments, **settings)
        self.examples = tuple(examples)
        self.own = tuple(self.params)
        self.params = [*self.params, *self.common]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the examples to what the command does."""
        super().format_help_text(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {example}\n" for example in self.examples))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the command's own options first."""
        helped = [self.get_help_option(ctx)]
        own = [one for one in (*self.own, *helped) if isinstance(one, click.Option)]
        for title, parameters in (("Options", own), ("Common options", self.common)):
            records = [parameter.get_help_record(ctx) for parameter in parameters]
            if rows := [record for record in records if record is not None]:
                with formatter.section(title):
                    formatter.write_dl(rows)


def command(
    name: str | None = None,
    *,
    examples: Sequence[str],
    cls: type[Command] = Command,
    **settings: Any,
) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function; each has examples, which a test runs."""
    made: Callable[[Callable[..., Any]], Command] = click.command(
        name, cls=cls, examples=examples, **settings
    )
    return made


class Group(Command, click.Group):
    """A group whose commands are modules of a package, each with an object `command`.

    A dash in a command's name is an underscore in that of its module.
    """

    def __init__(self, name: str, package: str, told: Mapping[str, str], **settings: Any) -> None:
        super().__init__(name, **settings)
        self._package = package
        self._told = told

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature is click's)
        return [*self.commands, *self._told]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._told:
            module = import_module(f"{self._package}.{cmd_name.replace('-', '_')}")
            found: click.Command = module.command
            return found
        return super().get_command(ctx, cmd_name)

    def told(self) -> dict[str, str]:
        """Return what help says of each command; none is imported for it."""
        groups = {name: str(group.short_help) for name, group in self.commands.items()}
        return groups | dict(self._told)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, then the options."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self.told().items()))
        super().format_options(ctx, formatter)
