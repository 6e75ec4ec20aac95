"""What a user sets is read with forgiveness, or refused with one sentence that names it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import SettingError, Settings, read_settings
from tests.account import KEY

PARAMETERS = {
    "statuspage_api_key": "statuspageApiKey",
    "statuspage_host": "statuspageHost",
    "statuspage_ids": "statuspageIds",
    "requests_per_minute": "requestsPerMinute",
    "redis_url": "redisUrl",
    "webhook_contact_email": "webhookContactEmail",
    "watch_interval": "watchInterval",
}
WRONG: list[tuple[str, Any]] = [
    *(
        ("statuspage_api_key", value)
        for value in ["", "  \n", None, 4711, "two words", "kéy", "a\tb"]
    ),
    ("statuspage_api_key", f"{KEY}\n{KEY}"),
    ("statuspage_api_key", f"Bearer {KEY}"),
    *(
        ("statuspage_host", value)
        for value in [
            "api.statuspage.io",
            "ftp://api.statuspage.io",
            "https://",
            "https://api.statuspage.io?page=1",
            "https://user:password@example.com",
            "https://[::1",
            "https://example.com:port",
        ]
    ),
    *(
        ("statuspage_ids", value)
        for value in [
            "r4k9wz2mq7xd",
            {"a": 1},
            [1],
            [None],
            ["a/b"],
            ["../../etc"],
            [""],
            ["a", "b c"],
            ["ä"],
        ]
    ),
    *(("requests_per_minute", value) for value in [0, -1, 1.5, "60", True, [], "many"]),
    *(("watch_interval", value) for value in [-1, 1, 4, 7.5, "30", False, [], "never"]),
    *(
        ("redis_url", value)
        for value in ["redis:6379", "http://redis:6379", "redis://[bad", "redis://redis:port/0"]
    ),
    *(
        ("webhook_contact_email", value)
        for value in ["nobody", "@example.com", "a@b@c", "two words@example.com", "a@b, c@d"]
    ),
]


def read(**changes: Any) -> Settings:
    """Read settings that are good, but for some changes."""
    return read_settings({"statuspage_api_key": KEY, **changes})


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_that_cannot_work_is_refused_in_one_sentence_that_names_it(
    name: str, value: object
) -> None:
    with pytest.raises(SettingError) as caught:
        read(**{name: value})

    sentence = str(caught.value)
    assert caught.value.parameter == PARAMETERS[name]
    assert sentence.startswith(PARAMETERS[name] + " ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_only_the_key_has_to_be_set() -> None:
    assert read() == Settings(
        api_key=KEY,
        host="https://api.statuspage.io",
        page_ids=(),
        requests_per_minute=60,
        redis_url=None,
        webhook_contact_email=None,
        watch_interval=30,
    )


def test_what_ocean_passes_for_unset_is_unset() -> None:
    unset = {
        "statuspage_ids": None,
        "redis_url": "",
        "webhook_contact_email": None,
        "app_host": None,
        "statuspage_host": "",
    }

    assert read(**unset) == read()


@pytest.mark.parametrize(
    "written", [KEY, f"{KEY}\n", f"\r\n {KEY}\t", f"OAuth {KEY}", f" OAuth {KEY}\n"]
)
def test_what_a_file_or_a_copied_header_adds_to_the_key_is_forgiven(written: str) -> None:
    assert read(statuspage_api_key=written).api_key == KEY


@pytest.mark.parametrize(
    "written",
    [
        "https://status.example.com",
        "https://status.example.com/",
        "https://status.example.com//",
        "https://status.example.com/v1",
        "https://status.example.com/v1/",
        " https://status.example.com\n",
    ],
)
def test_a_slash_or_a_version_behind_the_host_is_forgiven(written: str) -> None:
    assert read(statuspage_host=written).host == "https://status.example.com"


@pytest.mark.parametrize("host", ["http://localhost:8080", "https://example.com/status"])
def test_a_server_of_one_s_own_may_have_a_port_or_a_path(host: str) -> None:
    assert read(statuspage_host=host).host == host


def test_pages_are_kept_in_their_order_and_once() -> None:
    assert read(statuspage_ids=["b2", " a1 ", "b2"]).page_ids == ("b2", "a1")


@pytest.mark.parametrize("quota", [1, 60, 6000])
def test_a_quota_is_any_whole_number_from_one(quota: int) -> None:
    assert read(requests_per_minute=quota).requests_per_minute == quota


@pytest.mark.parametrize("interval", [0, 5, 30, 3600])
def test_the_watch_is_off_or_leaves_a_page_some_seconds(interval: int) -> None:
    assert read(watch_interval=interval).watch_interval == interval


@pytest.mark.parametrize(
    "url", ["redis://redis:6379/0", "rediss://:pw@host/1", "unix:///run/redis"]
)
def test_a_redis_is_named_by_its_address(url: str) -> None:
    assert read(redis_url=f" {url}\n").redis_url == url


@pytest.mark.parametrize("unset", ["", "  ", None])
def test_an_empty_redis_address_is_none(unset: str | None) -> None:
    assert read(redis_url=unset).redis_url is None


@pytest.mark.parametrize("address", ["ops@acme.test", "ops@localhost", "o.p+s@mail.acme.test"])
def test_a_contact_is_one_e_mail_address(address: str) -> None:
    assert read(webhook_contact_email=f" {address}\n").webhook_contact_email == address


@given(
    before=st.text(max_size=3),
    after=st.text(max_size=3),
    other=st.sampled_from([pair for pair in WRONG if pair[0] != "statuspage_api_key"] + [None]),
)
def test_no_error_tells_the_key(before: str, after: str, other: tuple[str, Any] | None) -> None:
    config = {"statuspage_api_key": f"{before}{KEY}{after}"} | dict([other] if other else [])

    try:
        read_settings(config)
    except (SettingError, ValueError) as error:
        assert KEY not in str(error)  # noqa: PT017 (most of these keys are good, and raise nothing)


@pytest.mark.parametrize("url", ["http://:secret-word@redis", "redis://:secret/word@redis:6379"])
def test_no_error_tells_the_password_of_a_redis(url: str) -> None:
    with pytest.raises(SettingError) as caught:
        read(redis_url=url)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["https", "ftp"])
def test_no_error_tells_the_password_of_a_host(scheme: str) -> None:
    with pytest.raises(SettingError) as caught:
        read(statuspage_host=f"{scheme}://user:secret-word@example.com")

    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("config", "base_url", "parameter"),
    [
        ({}, "https://ocean.example.com", "baseUrl"),
        ({"app_host": "https://ocean.example.com"}, None, "appHost"),
        ({"webhook_contact_email": "ops@example.com"}, None, "webhookContactEmail"),
    ],
)
def test_an_address_that_is_only_for_examples_is_refused(
    config: dict[str, Any], base_url: str | None, parameter: str
) -> None:
    with pytest.raises(SettingError, match=f"^{parameter} is .*for examples: ") as caught:
        read_settings({"statuspage_api_key": KEY} | config, base_url)

    assert caught.value.parameter == parameter
