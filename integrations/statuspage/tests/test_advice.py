"""What a user is shown of an error of the library."""

import pytest

from advice import sentence
from statuspage import AccessDenied, KeyRejected, NotFound, Redirected, ServerFailed, Throttled
from tests.port_resources.shipped import spec

GET = "GET /v1/pages"
SETTINGS = [setting["name"] for setting in spec()["configurations"]]
ERRORS = [
    KeyRejected(GET, 401, "Could not authenticate"),
    AccessDenied(GET, 403, ""),
    NotFound(GET, 404, ""),
    Throttled(GET, 429, "", 60.0),
    ServerFailed(GET, 503, "", None),
    Redirected(GET, 302),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_the_fact_comes_first_and_one_full_stop_ends_the_sentence(error: Exception) -> None:
    shown = sentence(error)

    assert shown.startswith(str(error).removesuffix("."))
    assert shown.endswith(".")
    assert ".." not in shown


@pytest.mark.parametrize(
    ("error", "setting"),
    [
        (KeyRejected(GET, 401, ""), "check statuspageApiKey"),
        (Redirected(GET, 302), "check statuspageHost"),
        (Throttled(GET, 429, "", None), "Lower requestsPerMinute"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_setting_to_look_at_is_named_as_the_user_knows_it(
    error: Exception, setting: str
) -> None:
    assert setting in sentence(error)
    assert setting.rsplit(maxsplit=1)[-1] in SETTINGS


def test_an_error_without_advice_is_shown_as_it_is() -> None:
    assert sentence(KeyError("id")) == "'id'"
