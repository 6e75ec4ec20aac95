"""The options that every command has, given before or after its name: the later one counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .profiles import Profile

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_GIVEN = "statuspage.options"

STATUSPAGE = "https://api.statuspage.io"
RETRIES = 4
TIMEOUT = 30.0


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    # A group's options are read before those of its command, so the command's come last.
    if value is not None and option.name is not None:
        context.meta.setdefault(_GIVEN, {})[option.name] = value


def common_option(*declarations: str, **settings: Any) -> click.Option:
    """Return an option that may stand before or after the command's name, see `given`."""
    return click.Option(
        list(declarations), default=None, expose_value=False, callback=_remember, **settings
    )


def _complete_page(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    from .completion import page_names  # noqa: PLC0415 (needed by completion alone)

    return page_names(context, incomplete)


COMMON = (
    common_option(
        "--page",
        "-p",
        metavar="PAGE",
        help="Id, name or subdomain of the page; not needed when the key sees one page.",
        shell_complete=_complete_page,
    ),
    common_option("--json", is_flag=True, help="Print the API's object or list, and nothing else."),
    common_option("--profile", metavar="NAME", help="Settings of this name [STATUSPAGE_PROFILE]."),
    common_option(
        "--host",
        metavar="URL",
        help=f"Another server that speaks the API than {STATUSPAGE} [STATUSPAGE_HOST].",
    ),
    common_option(
        "--token-file",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Read the API key from this file; - is standard input.",
    ),
    common_option(
        "--wait/--no-wait",
        help="Wait while the key's quota is spent, or fail at once. [default: wait]",
    ),
    common_option(
        "--retries",
        type=click.IntRange(0, 100),
        metavar="N",
        help=f"How often a request that failed is sent again. [default: {RETRIES}]",
    ),
    common_option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help=f"How long a request may take. [default: {TIMEOUT:g}]",
    ),
    common_option(
        "--insecure", is_flag=True, help="Do not check the server's certificate this time."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was given, completed by the environment's variables, the profile and the defaults."""

    profile: Profile
    page: str | None = None
    host: str = STATUSPAGE
    token_file: str | None = None
    json: bool = False
    wait: bool = True
    retries: int = RETRIES
    timeout: float = TIMEOUT
    insecure: bool = False

    @property
    def key_file(self) -> Path | None:
        """The file of the profile that holds the key."""
        return Path(self.profile.key_file).expanduser() if self.profile.key_file else None


def given(context: click.Context) -> Mapping[str, Any]:
    """Return what the command line says so far."""
    found: Mapping[str, Any] = context.meta.get(_GIVEN, {})
    return found


def completed(given: Mapping[str, Any], variables: Mapping[str, str], profile: Profile) -> Options:
    """Return the options as they count."""
    rest = {name: value for name, value in given.items() if name not in ("profile", "host", "page")}
    return Options(
        profile=profile,
        page=given.get("page") or profile.page or None,
        host=given.get("host") or variables.get("STATUSPAGE_HOST") or profile.host or STATUSPAGE,
        **rest,
    )
