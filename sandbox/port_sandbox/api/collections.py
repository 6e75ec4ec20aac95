"""The paths whose documents are only kept and shown."""

from starlette.convertors import Convertor, register_url_convertor


class CollectionConvertor(Convertor[str]):
    """Matches the name of a collection and nothing else."""

    regex = "actions|pages|workflows"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def register() -> None:
    """Let routes say `{name:collection}`."""
    register_url_convertor("collection", CollectionConvertor())
