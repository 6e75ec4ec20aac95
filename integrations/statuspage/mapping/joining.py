"""Several expressions of jq as one program.

Each expression stands in brackets of its own. It means there what it means alone, unless it reaches
out of them: by a bracket that it did not open, by a comment, or by the name that is used here.
"""

import re

_LABEL = "$__first_of_expression"
# The name used here; what tells where in a program it stands; and where jq stops reading.
_UNFIT = (_LABEL, "__loc__", "\x00")

_SIGN = re.compile(r'["#()\[\]{}]|\\.', re.DOTALL)
# By what each ends, outside of a text and within one.
_OPENING = ({"(": ")", "[": "]", "{": "}", '"': '"'}, {"\\(": ")"})
_CONSTANT = re.compile(r'\s*(?:\.[A-Za-z_][A-Za-z0-9_]*|"[^"\\\x00]*"|\.|null|true|false)\s*')


def is_safe(expression: str) -> bool:
    """Tell whether an expression that has no output, or fails, is out of the question.

    That is so of `.name` and of constants, given an object.
    """
    return _CONSTANT.fullmatch(expression) is not None


def can_be_joined(expression: str) -> bool:
    """Tell whether brackets around the expression hold all of it, if it is valid at all."""
    if any(name in expression for name in _UNFIT):
        return False
    expected: list[str] = []
    for match in _SIGN.finditer(expression):
        sign = match[0]
        in_text = expected[-1:] == ['"']
        if expected[-1:] == [sign]:
            expected.pop()
        elif sign in _OPENING[in_text]:
            expected.append(_OPENING[in_text][sign])
        elif not in_text:
            # A comment, or something that closes what was opened outside.
            return False
    return not expected


def joined(expressions: list[str]) -> str:
    """Return a program whose one output is a list with an item for each expression.

    The item of a safe one is its output itself. Of any other it is a list that begins with the
    first output and is empty if there is none, or null if the expression fails.
    """
    return f"[{','.join(_item(expression) for expression in expressions)}]"


def _item(expression: str) -> str:
    if is_safe(expression):
        return expression
    return f"(try [label {_LABEL} | ({expression}) | ., break {_LABEL}] catch null)"
