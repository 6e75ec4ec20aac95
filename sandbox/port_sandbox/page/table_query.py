"""What the reader of a table wants to see, as the address of the page says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from port_sandbox.core.json_types import Document
from port_sandbox.storage.tables import Choice

# An address names properties and relations behind these, so that none can pass for another word.
IS, AT = "is.", "at."
ALL = "all"


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What the reader wants to see."""

    text: str
    enums: Mapping[str, str]
    ends: Mapping[str, str]
    sort: str
    descending: bool
    page: int
    # Whether all columns are wanted.
    wide: bool = False
    # A widget of a dashboard whose entities are asked for, as `page/widget`.
    widget: str = ""
    only: tuple[str, ...] | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen, in the words of the address."""
        return {
            **({"text": self.text} if self.text else {}),
            **{f"{IS}{name}": value for name, value in self.enums.items()},
            **{f"{AT}{name}": value for name, value in self.ends.items()},
            **({"widget": self.widget} if self.widget else {}),
            **({"columns": ALL} if self.wide else {}),
        }

    @property
    def narrows(self) -> bool:
        """Whether it leaves entities out."""
        return bool(self.text or self.enums or self.ends or self.widget)

    def choice(self, blueprint: Document) -> Choice:
        """Return the same in the words of the table."""
        relations = blueprint["relations"]
        ends = {name: (relations[name]["target"], one) for name, one in self.ends.items()}
        return Choice(blueprint["identifier"], self.text, self.enums, ends, self.only)


def table_query(query: Mapping[str, str], blueprint: Document) -> TableQuery:
    """Read the address; what the blueprint does not have is ignored."""
    page = query.get("page", "1")
    return TableQuery(
        text=query.get("text", "").strip(),
        enums={name: query[IS + name] for name in enum_filters(blueprint) if query.get(IS + name)},
        ends={name: query[AT + name] for name in blueprint["relations"] if query.get(AT + name)},
        sort=query.get("sort", ""),
        descending=query.get("descending") == "1",
        page=int(page) if page.isdecimal() and len(page) < 10 else 1,
        wide=query.get("columns") == ALL,
        widget=query.get("widget", ""),
    )


def enum_filters(blueprint: Document) -> dict[str, Document]:
    properties: dict[str, Document] = blueprint["schema"]["properties"]
    return {name: one for name, one in properties.items() if one.get("enum")}
