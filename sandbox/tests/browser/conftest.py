"""One browser for all tests; for each its own sandbox, filled as Ocean fills it."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.chromium import running_chromium
from tests.browser.ocean import Ocean
from tests.browser.reader import Reader
from tests.browser.serving import serving


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with running_chromium(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


@pytest.fixture
def empty(chrome: Chrome) -> Iterator[Ocean]:
    with serving() as client:
        yield Ocean(client)
        # A page that is open keeps asking.
        chrome.get("about:blank")


@pytest.fixture
def ocean(empty: Ocean) -> Ocean:
    empty.install()
    empty.fill()
    return empty


@pytest.fixture
def reader(chrome: Chrome, empty: Ocean) -> Iterator[Reader]:
    reader = Reader(chrome, str(empty.client.base_url).rstrip("/"))
    reader.look()
    yield reader
    assert reader.complaints() == []
