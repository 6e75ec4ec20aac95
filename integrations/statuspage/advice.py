"""What the user of the integration can do about an error of the Statuspage library.

The library says what happened; which setting to look at is known only here.
"""

from statuspage import AccessDenied, KeyRejected, Redirected, ServerFailed, Throttled

# How the sentence goes on where the library's ends.
_GOES_ON = {
    KeyRejected: (
        ": check statuspageApiKey. Keys are shown under API info in Statuspage's user menu, "
        "and stop working when their owner leaves the organization."
    ),
    AccessDenied: ": check that the owner of the API key has access to this page.",
    Throttled: ". Lower requestsPerMinute when other tools use the same key.",
    ServerFailed: ": Statuspage has trouble of its own, see https://metastatuspage.com.",
    Redirected: ", check statuspageHost.",
}


def sentence(error: Exception) -> str:
    """Return what a user is shown of an error: what happened, and what to do about it."""
    for kind, rest in _GOES_ON.items():
        if isinstance(error, kind):
            return str(error).removesuffix(".") + rest
    return str(error)
