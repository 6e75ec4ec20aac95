"""`statuspage nobl9 logout`."""

from statuspage.cli.extension import ExitCode, Failure

from statuspage_nobl9.credentials import NAMES

from .app import App, nobl9_command


@nobl9_command(examples=["statuspage nobl9 logout"])
def command(app: App) -> None:
    """Delete the credentials from the keyring, and the access token that was made of them."""
    deleted = [
        f"{name} from {store.name}"
        for name in NAMES
        for store in app.environment.stores(app.profile_of(name))
        if not store.delete()
    ]
    for file in app.folder.glob("token-*.json"):
        file.unlink(missing_ok=True)
    for one in deleted:
        app.output.note(f"Deleted {one}.")
    if not deleted:
        raise Failure("The keyring holds no credentials of Nobl9.", ExitCode.NOT_FOUND)
