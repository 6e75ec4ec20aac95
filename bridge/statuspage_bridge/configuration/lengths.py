"""Lengths of time, as operators write them."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

_LENGTH = re.compile(r"(\d{1,9})\s*([smhd])?")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, None: 1}


def read_length(value: object) -> timedelta:
    """Return a length of time; a number alone is seconds."""
    if isinstance(value, timedelta):
        return value
    is_text = isinstance(value, str | int) and not isinstance(value, bool)
    match = _LENGTH.fullmatch(str(value).strip()) if is_text else None
    if match is None:
        raise ValueError("it is no length of time: write 90s, 5m, 2h or 1d")
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


type Length = Annotated[timedelta, BeforeValidator(read_length)]
