"""The site that is built: whole, and nothing of it comes from elsewhere."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from site_builder.places import DOCUMENTS, REPOSITORY

DOCS = REPOSITORY / "docs"


def build(config: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(
        [*command, "--config-file", config, "--site-dir", target],
        cwd=DOCS,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    ended = build(DOCS / "mkdocs.yml", target)
    assert ended.returncode == 0, ended.stderr
    return target


@pytest.mark.parametrize("link", ["missing.md", "#missing", "index.md#missing"])
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path, link: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"INHERIT: {DOCS / 'mkdocs.yml'}\nhooks: []\nnav: []\n", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text(f"# A\n\n[b]({link})\n", encoding="utf-8")

    ended = build(config, tmp_path / "site")

    assert ended.returncode == 1
    assert "missing" in ended.stderr


class Addresses(HTMLParser):
    """What a page links to, and what its browser loads with it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (link := given.get("href")):
            self.links.add(link)
        loads = given.get("src") or (given.get("href") if tag == "link" else None)
        if loads:
            self.loaded.add(loads)

    @property
    def all(self) -> set[str]:
        return self.links | self.loaded


def outside(address: str) -> bool:
    return re.match(r"\w+:|//", address) is not None


def test_every_link_to_a_page_or_a_file_leads_to_one(site: Path) -> None:
    lost = [
        f"{page.relative_to(site)}: {link}"
        for page in site.rglob("*.html")
        if page.name != "404.html"  # it is shown at any depth
        for link in Addresses(page).all
        if not outside(link)
        and not (page.parent / unquote(link.partition("#")[0] or page.name)).exists()
    ]

    assert lost == []


def test_a_browser_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))

    assert {one for page in pages for one in Addresses(page).loaded if outside(one)} == set()


def test_the_page_of_the_kinds_shows_each_kind_with_a_sample_and_its_entity(site: Path) -> None:
    spec = REPOSITORY / "integrations/statuspage/.port/spec.yaml"
    (feature,) = yaml.safe_load(spec.read_text(encoding="utf-8"))["features"]
    page = (site / "reference/kinds/index.html").read_text(encoding="utf-8")

    kinds = re.findall(r'<h2 id="(\w+)">', page)
    assert sorted(kinds) == sorted(one["kind"] for one in feature["resources"])
    assert page.count("A sample object, as the API sends it") == len(kinds)
    assert page.count("The entity that the default mapping makes of it") == len(kinds)


def test_a_document_that_is_shown_is_there() -> None:
    assert [one for one in DOCUMENTS if not (REPOSITORY / one).is_file()] == []


def test_every_page_of_the_guide_is_shown() -> None:
    guide = (REPOSITORY / "integrations/statuspage/docs").glob("*.md")

    assert {str(path.relative_to(REPOSITORY)) for path in guide} <= set(DOCUMENTS)
