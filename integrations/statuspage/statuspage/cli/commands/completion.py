"""`statuspage completion`."""

import click
from click.shell_completion import get_completion_class

from statuspage.cli import commanding

VARIABLE = "_STATUSPAGE_COMPLETE"


@commanding.command(
    examples=[
        "statuspage completion bash > ~/.local/share/bash-completion/completions/statuspage",
        'statuspage completion zsh > "${fpath[1]}/_statuspage"',
        "statuspage completion fish > ~/.config/fish/completions/statuspage.fish",
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that completes commands, options, and names of pages and components.

    Names come from the API with the key and the page that the command would use. They are kept
    for five minutes, and asking for them never takes long.
    """
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 (the choices are click's own)
    click.echo(found(context.find_root().command, {}, "statuspage", VARIABLE).source())
