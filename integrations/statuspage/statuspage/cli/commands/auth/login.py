"""`statuspage auth login`."""

from dataclasses import replace
from pathlib import Path

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app_of_new_profile
from statuspage.cli.failures import Failure
from statuspage.cli.input.asking import ask_secret, choose
from statuspage.cli.key_file import write_key
from statuspage.cli.options import STATUSPAGE
from statuspage.cli.output import one_line
from statuspage.cli.profile_file import write_profile
from statuspage.cli.profiles import DEFAULT, Profile
from statuspage.keys.chain import Absent, usable
from statuspage.keys.places import VARIABLE, login_name


@commanding.command(
    examples=[
        "statuspage auth login",
        "statuspage auth login --token-file - < key.txt",
        "statuspage auth login --profile staging --host https://status.example.com",
        "statuspage auth login --key-file ~/.config/statuspage/key",
    ]
)
@click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the key in this file, readable for you alone, where there is no keyring.",
)
@pass_app_of_new_profile
def command(app: App, key_file: Path | None) -> None:
    """Store an API key, once it has proved to work.

    The key is asked for, or read from --token-file. It goes into the keyring of the system, under
    the service statuspage-token and your login name, with the profile's name behind it where one
    is given. Host and page are kept in the profile. Statuspage shows keys under API info in the
    user menu.
    """
    key = _given(app)
    page = _page(app, app.run(_pages, key))
    profile = _with_place(app.options.profile, key_file)
    place = _keep(app, profile, key)
    _remember(app, replace(profile, page=page, host=_host(app)))
    app.output.note(f"The key works and is stored in {place}.")
    if VARIABLE in app.environment.variables:
        app.output.note(f"As long as {VARIABLE} is set, the key in there is used instead.")


def _given(app: App) -> str:
    if app.options.token_file:
        return app.key.key
    key = usable(ask_secret(app, "--token-file", "API key"))
    if isinstance(key, Absent):
        raise Failure(f"This is no API key: {key.why}.")
    return key


async def _pages(app: App, key: str) -> list[Raw]:
    """Return the pages that the key sees, or the one that is meant: so it has proved to work."""
    from statuspage.cli.connecting import connected  # noqa: PLC0415 (httpx is slow to import)
    from statuspage.naming import match_page  # noqa: PLC0415 (it brings the client)

    async with connected(app, key) as client:
        pages = await client.pages()
    return [match_page(pages, app.options.page)] if app.options.page else pages


def _page(app: App, pages: list[Raw]) -> str:
    """Return the id of the page for commands that name none, so that they need not look it up."""
    if len(pages) == 1:
        return str(pages[0]["id"])
    if not pages or not app.environment.can_ask():
        return ""
    choices = {"": "none: I name one in each command"}
    choices |= {str(page["id"]): one_line(page.get("name")) for page in pages}
    return choose(app, "--page", "Which page is meant where a command names none?", choices)


def _host(app: App) -> str:
    usual = app.options.host == STATUSPAGE and not app.options.profile.host
    return "" if usual else app.options.host


def _with_place(profile: Profile, key_file: Path | None) -> Profile:
    if key_file is not None:
        return replace(profile, key_file=str(key_file.expanduser().absolute()))
    if profile.name in ("", DEFAULT) or profile.keyring_user:
        return profile
    return replace(profile, keyring_user=f"{login_name()}-{profile.name}")


def _keep(app: App, profile: Profile, key: str) -> str:
    """Store the key where the profile says; return the name of that place."""
    if profile.key_file:
        return str(write_key(profile.key_file, key))
    refused = []
    for store in app.environment.stores(profile):
        if not (why := store.put(key)):
            return store.name
        refused.append(f"\n  {store.name}: {why.why}")
    raise Failure(
        f"There is no keyring that takes the key: keep it in a file with --key-file. "
        f"Tried:{''.join(refused)}"
    )


def _remember(app: App, profile: Profile) -> None:
    settings = profile.settings()
    if settings and profile != app.options.profile:
        file = write_profile(app.environment.config, profile.name or DEFAULT, settings)
        app.output.note(f"The profile {profile.name or DEFAULT} is written to {file}.")
