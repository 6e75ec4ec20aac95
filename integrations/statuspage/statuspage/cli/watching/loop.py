"""Reads a page's public view again and again, and hands each view on."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from statuspage.cli.app import App
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.errors import AccessDenied, KeyRejected, NotFound, RequestError

from .view import View, differences, view_of

if TYPE_CHECKING:
    from rich.live import Live

    from statuspage.transport import Transport


async def watch(app: App, transport: "Transport", url: str, interval: float, *, once: bool) -> None:
    """Show the view at an address until Ctrl-C; the first time it must be there."""
    try:
        view, document = await _read(transport, url)
    except (KeyRejected, AccessDenied, NotFound) as error:
        told = f"There is no page that everybody may see at {url} ({error.status})."
        raise Failure(told, ExitCode.NOT_FOUND) from error
    screen = Screen(app)
    with screen.opened(live=not once):
        while True:
            screen.show(view, document)
            if once:
                return
            await transport.clock.sleep(interval)
            try:
                view, document = await _read(transport, url)
                screen.trouble = ""
            except (RequestError, Failure) as error:
                # What was read last stays on the screen; the next time may do.
                screen.trouble = f"{error} Trying again in {interval:g} s."


async def _read(transport: "Transport", url: str) -> tuple[View, object]:
    document = await transport.get_public(url)
    view = view_of(document)
    if view is None:
        raise Failure(f"What answers at {url} is no status page.", ExitCode.FAILED)
    return view, document


class Screen:
    """Where views are shown: drawn anew on a terminal, else what changed as lines."""

    def __init__(self, app: App) -> None:
        self.trouble = ""
        self._app = app
        self._live: Live | None = None
        self._before: View | None = None
        self._told = ""

    def opened(self, *, live: bool) -> AbstractContextManager[object]:
        """Keep the terminal for as long as views are shown."""
        if not self._app.output.colours or not live:
            return nullcontext()
        from rich.live import Live  # noqa: PLC0415 (slow to import)

        self._live = Live(console=self._app.output.terminal.console, auto_refresh=False)
        return self._live

    def show(self, view: View, document: object) -> None:
        """Show a view."""
        output = self._app.output
        if output.colours:
            self._draw(view)
        else:
            if self.trouble and self.trouble != self._told:
                output.note(self.trouble)
            if output.as_json and view != self._before:
                output.json_line(document)
            self._print_changes(view)
        self._told, self._before = self.trouble, view

    def _draw(self, view: View) -> None:
        from .drawing import draw  # noqa: PLC0415 (rich is slow to import)

        terminal = self._app.output.terminal
        drawn = draw(terminal, view, self._app.environment.utc(), self.trouble)
        if self._live:
            self._live.update(drawn, refresh=True)
        else:
            terminal.console.print(drawn)

    def _print_changes(self, view: View) -> None:
        before = self._before or View(view.title, "", "")
        at = f"{self._app.environment.utc():%Y-%m-%dT%H:%M:%SZ}"
        for line in differences(before, view):
            self._app.output.text(f"{at}\t{line}")
