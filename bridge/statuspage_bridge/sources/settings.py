"""What can be set for every source."""

from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    model_validator,
)

from statuspage_bridge.core.alert import Account


def _without_slash(address: str) -> str:
    return address.rstrip("/")


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | int) else value


# It stands in the address to which the source sends.
type Name = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[^/\s?#]+$")
]
type Secret = Annotated[SecretStr, Field(min_length=1)]
type Address = Annotated[
    str, StringConstraints(pattern=r"^https?://[^/\s]+\S*$"), AfterValidator(_without_slash)
]
type Texts = Annotated[list[str], BeforeValidator(_as_list)]


class Settings(BaseModel):
    """Nothing else can be set, so that a slip of the pen is no silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class SourceSettings(Settings):
    """One account of a source. Each kind adds a `type` and its own."""

    # What tells the source from a forger: one of these fields at least, by the name of each.
    PROOFS: ClassVar[dict[str, str]]

    type: str
    name: Name
    # Which components something is about, by what the source says of it; `*` and `?` stand for
    # anything. It counts beside tags and labels.
    components: dict[str, Texts] = Field(default_factory=dict)

    @property
    def account(self) -> Account:
        """What logs, answers and alerts call it."""
        return Account(source=self.type, name=self.name)

    @model_validator(mode="before")
    @classmethod
    def _is_closed(cls, given: Any) -> Any:
        if isinstance(given, dict) and not any(given.get(field) for field in cls.PROOFS):
            ways = ", or ".join(f"`{field}` to {what}" for field, what in cls.PROOFS.items())
            raise ValueError(f"anybody could send alerts: set {ways}")
        return given
