"""The error tree."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import statuspage
from statuspage import errors
from statuspage.errors import (
    AccessDenied,
    AmbiguousName,
    GroupHasNoStatus,
    KeyRejected,
    NoKey,
    NotFound,
    Redirected,
    Refused,
    RepeatedPage,
    RequestError,
    ServerFailed,
    StatuspageError,
    Throttled,
    UnknownName,
    Unreachable,
    UnusableAnswer,
    UnusableArgument,
    UnusableName,
)

GET = "GET /v1/pages"
SAMPLES: list[StatuspageError] = [
    UnusableArgument("requests_per_minute", "must be at least 1."),
    NoKey([("the keyring", "it is locked")]),
    NoKey([]),
    UnknownName("page", "Acme", []),
    UnknownName("page", None, []),
    AmbiguousName("page", None, ["Acme Cloud", "Acme Labs"]),
    GroupHasNoStatus("Shop", ["Shop / Search"]),
    Unreachable(GET, "it took too long", sent=True),
    UnusableAnswer(GET, "it is not JSON"),
    Redirected(GET, 302),
    RepeatedPage(GET),
    Refused(GET, 422, "name: is too long"),
    Refused(GET, 422, ""),
    KeyRejected(GET, 401, "Could not authenticate"),
    AccessDenied(GET, 403, ""),
    NotFound(GET, 404, ""),
    Throttled(GET, 420, "", 60.0),
    ServerFailed(GET, 503, "", None),
]


def _tree(root: type[StatuspageError]) -> Iterator[type[StatuspageError]]:
    yield root
    for child in _below(root):
        yield from _tree(child)


def _below(error: type[StatuspageError]) -> list[type[StatuspageError]]:
    """Return what the library makes of an error; others may derive from it as well."""
    return [one for one in error.__subclasses__() if one.__module__.startswith("statuspage.")]


def _drawn() -> list[tuple[int, str]]:
    lines = re.findall(r"^([│├└─ ]*)([A-Z]\w+)(?:  |$)", errors.__doc__ or "", re.MULTILINE)
    return [(len(branch) // 4, name) for branch, name in lines]


def _real(root: type[StatuspageError], depth: int = 0) -> list[tuple[int, str]]:
    below = [line for child in _below(root) for line in _real(child, depth + 1)]
    return [(depth, root.__name__), *below]


def test_every_exception_of_the_package_is_in_the_tree() -> None:
    modules = [
        importlib.import_module(f"statuspage.{module.name}")
        for module in pkgutil.iter_modules(statuspage.__path__)
    ]
    raised = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, BaseException)
        and thing.__module__.startswith("statuspage")
    }

    assert raised == set(_tree(StatuspageError))


def test_the_tree_in_the_docstring_is_the_real_one() -> None:
    assert _drawn() == _real(StatuspageError)


def test_every_error_can_be_imported_from_the_package() -> None:
    assert {error.__name__ for error in _tree(StatuspageError)} <= set(statuspage.__all__)


def test_there_is_a_sample_of_every_error() -> None:
    bases = {StatuspageError, UnusableName, RequestError}

    assert {type(sample) for sample in SAMPLES} == set(_tree(StatuspageError)) - bases


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_every_message_is_a_sentence_in_one_line(error: StatuspageError) -> None:
    assert re.fullmatch(r"\w[^\n]* [^\n]*[^.\s]\.", str(error))


@pytest.mark.parametrize(
    "error",
    [sample for sample in SAMPLES if isinstance(sample, RequestError)],
    ids=lambda error: type(error).__name__,
)
def test_every_failed_request_is_named(error: RequestError) -> None:
    assert error.request == GET
    assert GET in str(error)


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_no_message_gives_advice_which_is_for_the_program_that_uses_the_library(
    error: StatuspageError,
) -> None:
    assert not re.search(r"\b(?:[a-z]+[A-Z]\w*|[Cc]heck|[Ll]ower|[Ss]et)\b", str(error))


def test_a_refusal_repeats_the_vendor_s_own_words() -> None:
    error = Refused(GET, 422, "name: is too long")

    assert str(error) == "Statuspage answered GET /v1/pages with 422 (name: is too long)."


def test_an_error_carries_what_its_handler_needs() -> None:
    assert UnusableArgument("host", "is empty.").argument == "host"
    assert UnusableArgument("host", "is empty.").problem == "is empty."
    assert Unreachable(GET, "", sent=False).sent is False
    assert UnusableAnswer(GET, "", transient=True).transient is True
    assert (Refused(GET, 422, "why").status, Refused(GET, 422, "why").reason) == (422, "why")
