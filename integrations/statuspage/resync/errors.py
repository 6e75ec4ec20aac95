"""What only a resync can run into. Each text is fit for the user of the integration."""

from collections.abc import Mapping

from advice import sentence
from statuspage import StatuspageError


class PageNotVisible(StatuspageError):
    """A page that was asked for is not among those the key sees."""

    def __init__(self, page_id: str) -> None:
        super().__init__(
            f"The API key does not see the page {page_id}: check statuspageIds, "
            "or use a key of the organization that the page belongs to."
        )
        self.page_id = page_id


class ResyncFailed(StatuspageError):
    """Nothing of a kind could be read: what went wrong, with the advice that Ocean is to show."""

    def __init__(self, cause: StatuspageError) -> None:
        super().__init__(sentence(cause))
        self.cause = cause


class ResyncIncomplete(StatuspageError):
    """Some pages could not be read.

    Raised after all the other pages were delivered. It makes Ocean keep what Port holds:
    a resync that ends without an error deletes whatever it did not return.
    """

    def __init__(self, failures: Mapping[str, Exception]) -> None:
        reasons = " ".join(f"[{page_id}] {sentence(error)}" for page_id, error in failures.items())
        pages = "page" if len(failures) == 1 else "pages"
        super().__init__(
            f"{len(failures)} {pages} could not be read, nothing is deleted: {reasons}"
        )
        self.failures = dict(failures)


class Stopped(StatuspageError):
    """Somebody still reads what a resync has given up."""

    def __init__(self) -> None:
        super().__init__("The resync was stopped before this was read.")
