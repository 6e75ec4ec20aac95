"""The links of a document, which lead through the repository, as links of the site."""

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath, relpath

from site_builder.places import copy_of, document_of, page_of

# Neither an address nor a heading of the same page; what stands in a block of code is no link.
_LINK = re.compile(r"(!?)\[([^\]]+)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")
_CODE = re.compile(r"(^ *```.*?^ *```$)", re.DOTALL | re.MULTILINE)


def linked(markdown: str, document: str) -> Iterator[str]:
    """Yield the path in the repository of each file or folder that a document links to."""
    for part in _CODE.split(markdown)[::2]:
        for found in _LINK.finditer(part):
            yield normpath(join(dirname(document), found[3]))


def for_the_site(markdown: str, page: str, is_file: Callable[[str], bool]) -> str:
    """Return a page's text with its links as the site needs them.

    What is no page is a file of the site. A folder is none, so its name alone is left.
    """
    document = document_of(page)

    def link(found: re.Match[str]) -> str:
        image, words, to, heading = found[1], found[2], found[3], found[4] or ""
        path = normpath(join(dirname(document), to))
        target = page_of(path) or (copy_of(path) if is_file(path) else None)
        if target is None:
            return words
        return f"{image}[{words}]({relpath(target, dirname(page) or '.')}{heading})"

    parts = _CODE.split(markdown)
    parts[::2] = [_LINK.sub(link, part) for part in parts[::2]]
    return "".join(parts)
