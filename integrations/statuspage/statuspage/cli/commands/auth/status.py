"""`statuspage auth status`."""

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app


@commanding.command(
    examples=["statuspage auth status", "statuspage auth status --profile staging --json"]
)
@pass_app
def command(app: App) -> None:
    """Tell where the API key is found, and which profile, host and page are used.

    The key itself is never shown, and no request is made: statuspage check tries the key.
    """
    options = app.options
    found = {
        "key": app.key.place,
        "profile": options.profile.name or None,
        "host": options.host,
        "page": options.page,
    }
    titles = {"key": "API key", "profile": "Profile", "host": "Host", "page": "Page"}
    app.output.object(found, [(titles[name], value or "") for name, value in found.items()])
