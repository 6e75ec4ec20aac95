"""The mapping that most users have: that of the public integration, 0.2.98."""

from typing import Any

from tests.moving_over.public import public_mapping

PUBLIC: dict[str, Any] = public_mapping()
