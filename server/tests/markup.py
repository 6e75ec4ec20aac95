"""Reading the HTML that a server answers with, as a browser would."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """Checks that what is opened is closed, and keeps tags and what is to be read."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
    UNREAD = frozenset({"title", "style", "script"})

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._texts: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.UNREAD.intersection(self.open):
            self._texts.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._texts).split()).replace(" :", ":")

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.tags if name in (attrs.get("class") or "").split()]
