"""One browser and one server for all tests here: both are slow to start."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.chromium import running_chromium
from tests.browser.reader import Reader
from tests.browser.site import Site, running_site


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with running_chromium(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


@pytest.fixture(scope="session")
def site(chrome: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def reader(chrome: Chrome, site: Site) -> Iterator[Reader]:
    reader = Reader(chrome, site.url)
    reader.appear()
    yield reader
    reader.leave()
