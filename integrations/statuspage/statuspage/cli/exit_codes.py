"""What the command's exit codes mean. Scripts rely on them: a number never changes its meaning."""

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """One for each kind of failure; `told` is how help and documentation describe it."""

    told: str

    def __new__(cls, value: int, told: str) -> Self:
        code = int.__new__(cls, value)
        code._value_ = value
        code.told = told
        return code

    DONE = 0, "done"
    FAILED = 1, "something else went wrong, such as an answer that is not Statuspage's"
    WRONG_USE = 2, "wrong use: an option is missing, unknown or cannot work"
    KEY_REFUSED = 3, "there is no API key, or Statuspage refuses it"
    NOT_FOUND = 4, "there is no such page, component, incident or maintenance"
    REFUSED = 5, "Statuspage refuses the request, with its own words"
    QUOTA = 6, "the quota of the API key is spent"
    UNREACHABLE = 7, "Statuspage does not answer, or has trouble of its own: try again later"
    INTERRUPTED = 130, "stopped by Ctrl-C"
