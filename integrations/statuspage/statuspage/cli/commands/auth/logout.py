"""`statuspage auth logout`."""

from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.keys.places import VARIABLE


@commanding.command(examples=["statuspage auth logout", "statuspage auth logout --profile staging"])
@pass_app
def command(app: App) -> None:
    """Delete the API key from the keyring.

    What was stored by other means is named and left alone. The key itself stays valid: revoke it
    under API info in Statuspage's user menu.
    """
    tried = [(store.name, store.delete()) for store in app.environment.stores(app.options.profile)]
    deleted = [name for name, refused in tried if not refused]
    for name in deleted:
        app.output.note(f"Deleted from {name}.")
    if app.options.key_file:
        app.output.note(f"The key also stands in {app.options.key_file}: delete that file.")
    if VARIABLE in app.environment.variables:
        app.output.note(f"The key also stands in the environment variable {VARIABLE}.")
    if not deleted:
        places = "".join(f"\n  {name}: {refused.why}" for name, refused in tried if refused)
        raise Failure(f"No keyring holds the key. Tried:{places}", ExitCode.NOT_FOUND)
