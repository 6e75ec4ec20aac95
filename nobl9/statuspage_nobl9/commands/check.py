"""`statuspage nobl9 check`."""

from statuspage_nobl9.components import Component
from statuspage_nobl9.credentials import API_TOKEN, CLIENT_SECRET, ORGANIZATION

from .app import App, nobl9_command


@nobl9_command(examples=["statuspage nobl9 check", "statuspage nobl9 check --json"])
def command(app: App) -> None:
    """Tell whether the credentials work, where they were found, and what they see."""
    components, api = app.run(read)
    credentials = app.settings.credentials
    name = CLIENT_SECRET if credentials.are_a_pair else API_TOKEN
    kind = "client credentials" if credentials.are_a_pair else "an API token"
    place = app.settings.places.get(name, "")
    top = sum(one.depth == 0 for one in components)
    found = {
        "credentials": kind,
        "place": place,
        "organization": credentials.organization,
        "baseUrl": app.address,
        "api": api,
        "components": len(components),
        "topLevelComponents": top,
    }
    app.output.object(
        found,
        [
            ("Credentials", f"{kind}, {name} found in {place}: they work"),
            ("Organization", f"{credentials.organization} ({ORGANIZATION})"),
            ("Address", app.address),
            ("API", api),
            ("Components", f"{len(components)}, {top} of them at the top"),
        ],
    )


async def read(app: App) -> tuple[list[Component], str]:
    """Read the status page, and which version of the API answers."""
    async with app.client() as client:
        return await client.components(), await client.version.get()
