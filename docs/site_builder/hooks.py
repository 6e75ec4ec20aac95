"""What MkDocs calls while it builds the site."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from site_builder.kinds import kinds_page
from site_builder.links import for_the_site, linked
from site_builder.places import DOCUMENTS, REPOSITORY, copy_of, document_of, page_of

KINDS = re.compile(r"^<!-- kinds: .*-->$", re.MULTILINE)


def _is_file(path: str) -> bool:
    return (REPOSITORY / path).is_file()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the documents of the parts, and every file that a document links to."""

    def add(page: str, path: str) -> None:
        source = str(REPOSITORY / path)
        included = InclusionLevel.INCLUDED
        files.append(File.generated(config, page, abs_src_path=source, inclusion=included))

    for document, page in DOCUMENTS.items():
        add(page, document)
    documents = [document_of(page.src_uri) for page in files.documentation_pages()]
    wanted = {
        path
        for document in documents
        for path in linked((REPOSITORY / document).read_text(encoding="utf-8"), document)
        if page_of(path) is None and _is_file(path)
    }
    for path in sorted(wanted):
        add(copy_of(path), path)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 (MkDocs names them)
    """Turn links into those of the site, and let the page of the kinds show them."""
    shown = for_the_site(markdown, page.file.src_uri, _is_file)
    if not KINDS.search(shown):
        return shown
    kinds = kinds_page(REPOSITORY / "integrations" / "statuspage" / ".port")
    return KINDS.sub(lambda _: kinds, shown)
