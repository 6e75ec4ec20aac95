"""Where everything is."""

import contextlib
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage import Collection, StatuspageError, UnusableArgument, endpoints

EVIL = [
    "",
    ".",
    "..",
    "a/b",
    "a\\b",
    "../pages",
    "a?b",
    "a#b",
    "a b",
    "a%2Fb",
    "abc\n",
    "a.b",
    "a@b",
    "a:b",
    "é",
    "a" * 65,
]


@pytest.mark.parametrize("good", ["kctbh9vrtdwd", "A", "a_b-C9", "a" * 64])
def test_letters_digits_and_dashes_make_an_id(good: str) -> None:
    assert endpoints.identifier(good) == good


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_else_may_pass_as_an_id(evil: str) -> None:
    with pytest.raises(StatuspageError, match="cannot be an id"):
        endpoints.identifier(evil)


@pytest.mark.parametrize("evil", EVIL)
def test_every_address_checks_every_id(evil: str) -> None:
    addresses: list[Callable[[], str]] = [
        lambda: endpoints.page(evil),
        lambda: endpoints.collection(evil, Collection.COMPONENTS),
        lambda: endpoints.component(evil, "abc"),
        lambda: endpoints.component("abc", evil),
        lambda: endpoints.incident(evil, "abc"),
        lambda: endpoints.incident("abc", evil),
        lambda: endpoints.public("https://api.statuspage.io", evil, "status"),
        lambda: endpoints.public("http://localhost:8080", evil, "status"),
        lambda: endpoints.subscribers(evil),
        lambda: endpoints.subscriber(evil, "abc"),
        lambda: endpoints.subscriber("abc", evil),
        lambda: endpoints.reactivation(evil),
    ]
    for build in addresses:
        with pytest.raises(StatuspageError, match="cannot be an id"):
            build()


def test_a_wrong_id_is_not_repeated_at_length() -> None:
    with pytest.raises(StatuspageError) as caught:
        endpoints.identifier("a" * 10_000)

    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    "host",
    ["https://api.statuspage.io", "https://API.StatusPage.io", "https://statuspage.io"],
)
def test_atlassian_serves_the_public_status_on_the_page_s_own_host(host: str) -> None:
    url = "https://abc.statuspage.io/api/v2/status.json"

    assert endpoints.public(host, "abc", "status") == url


@pytest.mark.parametrize(
    "host",
    [
        "http://localhost:8080",
        "https://status.example.com/base",
        "https://notstatuspage.io",
        "https://statuspage.io.example.com",
        "https://example.com/statuspage.io",
    ],
)
def test_any_other_server_serves_it_below_its_own_address(host: str) -> None:
    assert endpoints.public(host, "abc", "status") == f"{host}/pages/abc/api/v2/status.json"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://api.statuspage.io", "https://api.statuspage.io"),
        (" https://api.statuspage.io/\n", "https://api.statuspage.io"),
        ("https://api.statuspage.io/v1", "https://api.statuspage.io"),
        ("https://api.statuspage.io/v1/", "https://api.statuspage.io"),
        ("http://localhost:8080/base/", "http://localhost:8080/base"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_address_may_be_written_as_people_write_it(written: str, meant: str) -> None:
    assert endpoints.base_address(written) == meant


@pytest.mark.parametrize(
    "host",
    [
        "",
        "api.statuspage.io",
        "localhost:8080",
        "ftp://api.statuspage.io",
        "https://",
        "https://:8080",
        "https://host:0",
        "https://host:99999",
        "https://host:port",
        "https://[",
        "https://host?page=1",
        "https://host#top",
        "https://host\u200b",
        "https://host\x00",
    ],
)
def test_an_address_that_cannot_work_is_refused_by_the_name_of_its_argument(host: str) -> None:
    with pytest.raises(UnusableArgument) as caught:
        endpoints.base_address(host)

    assert caught.value.argument == "host"


@pytest.mark.parametrize(
    "host",
    [
        "https://user:made-up@host",
        "https://user:made-up@host:0",
        "ftp://user:made-up@host",
        "user:made-up@host",
        "https://api.statuspage.io/v1?api_key=made-up",
    ],
)
def test_a_secret_in_the_address_is_refused_and_not_repeated(host: str) -> None:
    with pytest.raises(UnusableArgument) as caught:
        endpoints.base_address(host)

    assert "made-up" not in str(caught.value)


@given(st.text().map("https://{}".format) | st.text())
def test_every_address_that_is_accepted_can_be_asked(host: str) -> None:
    with contextlib.suppress(UnusableArgument):
        assert httpx.URL(endpoints.base_address(host) + endpoints.PAGES).host
