"""A command of Conan that has the name of the document."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, Callable

from conan.cli.command import ConanCommand

from .library import require_library
from .output import Answer, Fields, as_json, as_text

Method = Callable[..., Answer]


class StatuspageCommand(ConanCommand):
    """Conan makes `create-incident` of a function's name; the document says `create_incident`."""

    def __init__(self, method: Method, name: str, doc: str, fields: Fields) -> None:
        """Take the name as it is."""

        def run(conan_api: Any, parser: Any, *args: Any) -> Answer:
            require_library()
            return method(conan_api, parser, *args)

        run.__name__, run.__doc__ = name, doc
        formatters = {"text": as_text(fields), "json": as_json}
        # Conan has no types.
        super().__init__(run, "Status Page", formatters)  # type: ignore[no-untyped-call]
        self._name = name
        self._made_of = method, doc, fields

    def dashed(self) -> StatuspageCommand:
        """Return the command under the name that Conan itself gives it, which scripts use too."""
        method, doc, fields = self._made_of
        # Conan lists what stands between two empty lines.
        doc = f"\nThe same as statuspage:{method.__name__}.\n\n{cleandoc(doc)}"
        return StatuspageCommand(method, method.__name__.replace("_", "-"), doc, fields)


def command(fields: Fields) -> Callable[[Method], StatuspageCommand]:
    """Make a command of a function, which returns the API's object; `fields` are its text."""
    return lambda method: StatuspageCommand(method, method.__name__, method.__doc__ or "", fields)
