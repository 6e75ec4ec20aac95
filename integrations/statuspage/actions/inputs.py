"""What a run was given. Port checks none of it, and a template may give the text of anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from statuspage import is_identifier

from .errors import WrongInput

_YES = {"true", "yes", "1"}
_NO = {"false", "no", "0"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The values by the names that .port/spec.yaml gives them; an empty one was not given."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """Return a text, or the identifier of an entity that was chosen."""
        value = _plain(self.values.get(name))
        if value is None:
            return None
        if isinstance(value, bool | list | Mapping):
            raise WrongInput(f"{name} is {json.dumps(value)}: a text was expected.")
        return str(value).strip() or None

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise WrongInput(f"{name} is missing.")
        return value

    def identifier(self, name: str) -> str:
        """Return an id, which is the identifier of its entity."""
        value = self.required(name)
        if not is_identifier(value):
            raise WrongInput(
                f"{name} is {value!r}: it is the identifier of the entity, such as p31zjtct2jer."
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean, which may be written out."""
        value = _plain(self.values.get(name))
        if value is None or value == "":
            return default
        word = str(value).strip().lower()
        if word not in _YES | _NO:
            raise WrongInput(f"{name} is {value!r}: it can be true or false.")
        return word in _YES

    def moment(self, name: str) -> datetime | None:
        """Return a time; one without a zone is meant in UTC, as Port writes its own."""
        said = self.text(name)
        if said is None:
            return None
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise WrongInput(
                f"{name} is {said!r}: write a time such as 2027-05-01T22:00:00Z."
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def minutes(self, name: str) -> timedelta | None:
        """Return a length of time."""
        said = self.text(name)
        if said is None:
            return None
        try:
            length = timedelta(minutes=float(said))
        except (ValueError, OverflowError):
            length = timedelta()
        if length <= timedelta():
            raise WrongInput(f"{name} is {said!r}: write a number of minutes.")
        return length

    def fields(self, name: str) -> dict[str, Any]:
        """Return an object."""
        value = _read(self.values.get(name))
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise WrongInput(f"{name} is {value!r}: an object was expected.")
        return dict(value)

    def statuses(self, name: str, given_to_all: str | None) -> dict[str, str | None]:
        """Return components by what they are called, each with the status that it gets.

        They come as a list of identifiers, names or entities, which all get one status, or as an
        object that has the status of each.
        """
        value = _read(self.values.get(name))
        if value is None:
            return {}
        if isinstance(value, Mapping) and "identifier" not in value:
            return {str(key): _status(name, key, status) for key, status in value.items()}
        listed = value if isinstance(value, list) else [value]
        named = [_plain(one) for one in listed]
        if not all(isinstance(one, str) for one in named):
            raise WrongInput(f"{name} is {value!r}: a list of components was expected.")
        written = [part.strip() for one in named for part in str(one).split(",")]
        return {part: given_to_all for part in written if part}


def _plain(value: Any) -> Any:
    """Return an entity's identifier in its place."""
    return value.get("identifier") if isinstance(value, Mapping) else value


def _read(value: Any) -> Any:
    """Return a list or object that may have come as its text."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    if value.lstrip()[0] not in "[{":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _status(name: str, component: object, status: object) -> str | None:
    if status is not None and not isinstance(status, str):
        raise WrongInput(f"{name} gives {component!r} the status {status!r}, which is none.")
    return status or None
