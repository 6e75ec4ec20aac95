"""This installation, as it is and as it was before something changed; and one of others."""

from subscriptions.endpoint import Installation, mark_of

BASE = "https://ocean.example.com/statuspage"
SECRET = "made-up-port-secret"
OURS = Installation(mark_of("client", "my-statuspage"), BASE, SECRET)

# A new address, and new Port credentials: the secret alone, or the client id too.
FORMER_HOST = Installation(OURS.mark, "https://former.example.com", SECRET)
FORMER_SECRET = Installation(OURS.mark, BASE, "former-port-secret")
FORMER_CREDENTIALS = Installation(
    mark_of("former-client", "my-statuspage"), BASE, "former-port-secret"
)

# What version 0.2.98 made at our address.
OLD_STYLE = f"{BASE}/integration/webhook"

# They have the same Port credentials as we, and another identifier and address.
STAGING = Installation(mark_of("client", "staging"), "https://staging.example.com", SECRET)
