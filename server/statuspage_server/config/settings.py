"""What all settings share: nothing unknown is accepted, and nothing changes once it is read."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

type Text = Annotated[str, Field(min_length=1, max_length=255)]
type Token = Annotated[str, Field(min_length=1, max_length=1024)]


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
