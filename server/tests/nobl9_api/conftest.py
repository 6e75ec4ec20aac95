"""A client of the Nobl9 API on an empty page."""

import pytest

from tests.manage import Manage
from tests.nobl9_api.client import Nobl9


@pytest.fixture
async def api(manage: Manage) -> Nobl9:
    return Nobl9(manage)
