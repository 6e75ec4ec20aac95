"""`statuspage nobl9 login`."""

import click
from statuspage.cli.extension import ExitCode, Failure, ask_secret

from statuspage_nobl9.credentials import CLIENT_ID, CLIENT_SECRET, ORGANIZATION, from_values
from statuspage_nobl9.finding import Settings

from .app import App, nobl9_command


@nobl9_command(
    examples=["statuspage nobl9 login --org acme --client-id 0oa1b2c3d4"],
)
@click.option("--org", required=True, help="The organization's id.")
@click.option("--client-id", required=True, help="The client id.")
def command(app: App, org: str, client_id: str) -> None:
    """Store credentials in the keyring of the system, once they have proved to work.

    The client secret is asked for, and never stands on a command line.
    """
    values = {
        ORGANIZATION: org,
        CLIENT_ID: client_id,
        CLIENT_SECRET: ask_secret(app, CLIENT_SECRET, "Client secret"),
    }
    app.run(prove, values)
    for name, value in values.items():
        app.output.note(f"{name} is stored in {keep(app, name, value)}.")


async def prove(app: App, values: dict[str, str]) -> None:
    """Read the status page with them."""
    settings = Settings(from_values(values), app.address, {})
    async with app.client(settings) as client:
        await client.status()


def keep(app: App, name: str, value: str) -> str:
    """Store one of them; return the name of the place."""
    refused = []
    for store in app.environment.stores(app.profile_of(name)):
        if not (why := store.put(value)):
            return store.name
        refused.append(f"\n  {store.name}: {why.why}")
    raise Failure(
        f"There is no keyring that takes {name}: set the variables in a file .env instead. "
        f"Tried:{''.join(refused)}",
        ExitCode.FAILED,
    )
