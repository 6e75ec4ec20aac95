"""What a failed resync tells: Ocean shows the text of what a handler raises, and no more."""

import pytest

from advice import sentence
from resync.errors import PageNotVisible, ResyncFailed, ResyncIncomplete
from statuspage import KeyRejected, Throttled

GET = "GET /v1/pages"


@pytest.mark.parametrize(("count", "words"), [(1, "1 page could"), (2, "2 pages could")])
def test_an_incomplete_resync_tells_each_page_and_its_reason_with_advice(
    count: int, words: str
) -> None:
    failures = {f"page{number}": Throttled(GET, 420, "", None) for number in range(count)}

    error = ResyncIncomplete(failures)

    assert words in str(error)
    assert "nothing is deleted" in str(error)
    assert all(f"[{page}] {sentence(reason)}" in str(error) for page, reason in failures.items())
    assert error.failures == failures


def test_a_failed_resync_tells_its_cause_with_advice() -> None:
    cause = KeyRejected(GET, 401, "")

    assert str(ResyncFailed(cause)) == sentence(cause)
    assert ResyncFailed(cause).cause is cause


def test_a_page_that_is_not_visible_is_named_with_the_setting_that_asked_for_it() -> None:
    assert "does not see the page abc: check statuspageIds" in str(PageNotVisible("abc"))
