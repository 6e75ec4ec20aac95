"""What the user sees while the launcher works: a live view on a terminal, plain lines elsewhere."""

from types import TracebackType
from typing import Self

from rich.console import Console, RenderableType
from rich.status import Status


class Terminal:
    """Prints lines, and below them what is being done right now."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._status: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear_status()

    def print(self, line: RenderableType = "") -> None:
        """Print something that stays."""
        # A command to paste must not be broken where the screen ends.
        self.console.print(line, soft_wrap=isinstance(line, str))

    def status(self, what: str) -> None:
        """Show what is being done; where nothing can be overwritten, print it."""
        if not self.console.is_terminal:
            self.print(what)
        elif self._status is None:
            self._status = self.console.status(what)
            self._status.start()
        else:
            self._status.update(what)

    def transient_status(self, what: str) -> None:
        """Show what will be over in a moment, where it can be overwritten."""
        if self.console.is_terminal:
            self.status(what)

    def clear_status(self) -> None:
        """Show that nothing is being done."""
        if self._status is not None:
            self._status.stop()
            self._status = None
