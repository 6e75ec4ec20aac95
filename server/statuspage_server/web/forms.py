"""Forms of the visitors' pages: small, flat, and read as text."""

from urllib.parse import parse_qs

from fastapi import Request

from statuspage_server.errors import BadRequest

MOST_FIELDS = 2000


async def read_form(request: Request) -> dict[str, list[str]]:
    try:
        text = (await request.body()).decode()
        found = parse_qs(text, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadRequest("The form cannot be read") from error
    if any("\x00" in value for values in found.values() for value in values):
        raise BadRequest("The form cannot be read")
    return found


def one(form: dict[str, list[str]], name: str, longest: int = 2048) -> str:
    return form.get(name, [""])[0].strip()[:longest]
