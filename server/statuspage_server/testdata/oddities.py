"""What real pages hold and documentation does not say, so that clients meet it in generated pages.

How often: of some 10,000 recorded updates of one large page 4 in 100 have a `tweet_id`, a number
where text is documented, and 4 in 10 have null for their components.
"""

import random

from statuspage_server.testdata.rows import Values
from statuspage_server.testdata.words import DESCRIPTIONS


class Oddities:
    """Drawn apart from the page itself, which stays the same for a seed whatever is added here."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"oddities {seed}")  # noqa: S311 - no secret

    def tweet(self) -> Values:
        tweeted = self._chance.random() < 0.04
        # More digits than a float keeps.
        number = self._chance.randrange(10**18, 2 * 10**18)
        return {"wants_twitter_update": tweeted, "tweet_id": number if tweeted else None}

    def affected_components(self, affected: list[Values]) -> list[Values] | None:
        return None if not affected or self._chance.random() < 0.4 else affected

    def description(self) -> str | None:
        """Absent, empty or text: all three are seen."""
        return self._chance.choice((None, "", *DESCRIPTIONS))
