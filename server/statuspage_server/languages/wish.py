"""Which language a visitor reads, from what the browser or the address asks for."""

from collections.abc import Sequence


def wished(accept_language: str, known: Sequence[str]) -> str | None:
    """The best of the languages in an Accept-Language header that we know."""
    wishes = [_wish(part) for part in accept_language[:1000].split(",")]
    for code, weight in sorted(wishes, key=lambda wish: -wish[1]):
        if weight > 0 and code in known:
            return code
    return None


def _wish(part: str) -> tuple[str, float]:
    """`pt-BR;q=0.8` is Portuguese, with that weight."""
    tag, _, rest = part.strip().partition(";")
    code = tag.strip().lower().partition("-")[0]
    try:
        weight = float(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
    except ValueError:
        weight = 0.0
    return code, weight
