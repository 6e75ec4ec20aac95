"""What goes through the pipes between the integration and its worker process."""

import marshal
from typing import IO, Any

_LENGTH = 8


def write_frame(pipe: IO[bytes], value: Any) -> None:
    """Send one value, of those that JSON knows, and tuples."""
    content = marshal.dumps(value)
    pipe.write(len(content).to_bytes(_LENGTH))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> Any:
    """Wait for one value; EOFError says that the other end has closed."""
    length = pipe.read(_LENGTH)
    content = pipe.read(int.from_bytes(length)) if len(length) == _LENGTH else b""
    if not content:
        raise EOFError
    # It is our own process at the other end.
    return marshal.loads(content)  # noqa: S302
