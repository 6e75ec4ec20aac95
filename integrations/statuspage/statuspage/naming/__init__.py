"""Names instead of ids: pages and components are found by what people call them."""

from .labels import component_labels
from .lookup import find_components, find_page, is_id
from .matching import match_component, match_page

__all__ = [
    "component_labels",
    "find_components",
    "find_page",
    "is_id",
    "match_component",
    "match_page",
]
