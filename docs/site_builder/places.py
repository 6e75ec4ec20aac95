"""Which documents of the repository are pages of the site, and where.

A document stays with what it describes. The site shows it under another address.
"""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# Its own documents; those of the parts are listed.
PAGES = "docs/pages/"

GUIDE = "integrations/statuspage/docs/"
DOCUMENTS = {
    f"{GUIDE}install.md": "how-to/install.md",
    f"{GUIDE}kubernetes.md": "how-to/kubernetes.md",
    f"{GUIDE}one-run.md": "how-to/one-run.md",
    f"{GUIDE}moving-over.md": "how-to/move-over.md",
    f"{GUIDE}services.md": "how-to/services.md",
    f"{GUIDE}settings.md": "reference/settings.md",
    f"{GUIDE}actions.md": "reference/actions.md",
    f"{GUIDE}errors.md": "reference/errors.md",
    f"{GUIDE}command-line.md": "reference/command-line.md",
    f"{GUIDE}quota.md": "explanation/quota.md",
    f"{GUIDE}incremental-sync.md": "explanation/incremental-sync.md",
    f"{GUIDE}live-events.md": "explanation/live-events.md",
    f"{GUIDE}deletions.md": "explanation/deletions.md",
    "integrations/statuspage/README.md": "parts/integration.md",
    "integrations/statuspage/statuspage/README.md": "parts/client.md",
    "integrations/statuspage/CHANGELOG.md": "parts/changelog.md",
    "integrations/statuspage/CONTRIBUTING.md": "parts/integration-contributing.md",
    "integrations/statuspage/QUIRKS.md": "parts/quirks.md",
    "bridge/README.md": "parts/bridge.md",
    "bridge/SOURCES.md": "parts/bridge-sources.md",
    "conan/README.md": "parts/conan.md",
    "nobl9/README.md": "parts/nobl9.md",
    "nobl9/QUIRKS.md": "parts/nobl9-quirks.md",
    "server/README.md": "parts/server.md",
    "sandbox/README.md": "parts/sandbox.md",
    "benchmarks/README.md": "parts/benchmarks.md",
    "README.md": "parts/repository.md",
    "CHANGELOG.md": "parts/repository-changelog.md",
    "CONTRIBUTING.md": "parts/contributing.md",
    "SECURITY.md": "parts/security.md",
}
_SOURCES = {page: document for document, page in DOCUMENTS.items()}


def page_of(document: str) -> str | None:
    """Return the page that shows a document, or what a folder says of itself, if there is one."""
    if document.startswith(PAGES) and document.endswith(".md"):
        return document.removeprefix(PAGES)
    return DOCUMENTS.get(document) or DOCUMENTS.get(f"{document}/README.md")


def document_of(page: str) -> str:
    """Return the document that a page shows."""
    return _SOURCES.get(page, f"{PAGES}{page}")


def copy_of(path: str) -> str:
    """Return where the site has a file that is no page; it leaves out what begins with a dot."""
    return "files/" + "/".join(name.lstrip(".") for name in path.split("/"))
