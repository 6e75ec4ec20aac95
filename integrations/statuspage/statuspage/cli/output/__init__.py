"""What the command prints: for people, for pipes, or the API's own JSON."""

from .cells import Cell, Column, Moment, Status, one_line, text_of
from .output import Output

__all__ = ["Cell", "Column", "Moment", "Output", "Status", "one_line", "text_of"]
