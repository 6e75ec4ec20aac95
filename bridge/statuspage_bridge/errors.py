"""What can go wrong, as one tree. The text of each error is a sentence that says what to do.

BridgeError
├── StartError        the settings do not work
├── SourceUnread      an account could not be read
├── PageFailed        the status page could not be read
├── ProposalFailed    a draft did not arrive where it is proposed
├── StateFailed       what the bridge remembers could not be read or written
└── Refused           a request that is not answered as asked, with its HTTP status
"""


class BridgeError(Exception):
    """The root."""


class StartError(BridgeError):
    """The settings do not work."""


class SourceUnread(BridgeError):
    """An account could not be read: what it holds is not known."""


class PageFailed(BridgeError):
    """The status page could not be read."""


class ProposalFailed(BridgeError):
    """A draft did not arrive where it is proposed."""


class StateFailed(BridgeError):
    """What the bridge remembers could not be read or written."""


class Refused(BridgeError):
    """A request that is not answered as asked."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
