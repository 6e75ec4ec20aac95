"""Which entity processor the integration uses: ours, or Ocean's.

Ours rests on some of Ocean's own methods. Where a newer Ocean no longer has them, or no longer
calls them, Ocean's is used as it is: slower, but right.
"""

import os
from collections.abc import Mapping
from functools import cache
from types import FunctionType

from loguru import logger
from port_ocean.core.handlers.entity_processor.base import BaseEntityProcessor
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor

import plain_ocean

# What is overridden or called, with its parameters.
_RESTS_ON = {
    "_parse_items": ["self", "mapping", "raw_results", "parse_all"],
    "parse_items_sync": [
        *("self", "compileable_patterns", "raw_results", "selector_query", "parse_all"),
    ],
    "_search": ["self", "data", "pattern", "field"],
    "_format_filter": ["filter"],
    "_log_search_failure": ["pattern", "exc", "field"],
    "_resolve_required_fields": ["self", "mapping", "entity_misconfigurations"],
    "_notify_mapping_issues": [
        *("entity_misconfigurations", "has_skipped_entities"),
        *("entity_mapping_fault_counter", "required_fields"),
    ],
}
# Where Ocean comes to what is overridden.
_ENTRY = "parse_items"
_CALLED = {"_parse_items"}


@cache
def entity_processor() -> type[BaseEntityProcessor]:
    """Return the class that Ocean shall use in this program."""
    return choose(JQEntityProcessor, os.environ)


def choose(
    theirs: type[BaseEntityProcessor], environment: Mapping[str, str]
) -> type[BaseEntityProcessor]:
    """Return ours, or Ocean's where ours does not fit it or is not wanted."""
    if plain_ocean.is_wanted(environment):
        return theirs
    problem = _what_changed(theirs)
    try:
        if not problem:
            from .processor import OneProgramProcessor  # noqa: PLC0415 (it may be what fails)

            return OneProgramProcessor
    except ImportError as error:
        problem = str(error)
    logger.warning(plain_ocean.warning(problem))
    return theirs


def _what_changed(theirs: type) -> str:
    if problem := plain_ocean.what_changed(theirs, _RESTS_ON):
        return problem
    entry = getattr(theirs, _ENTRY, None)
    called = set(entry.__code__.co_names) if isinstance(entry, FunctionType) else set()
    if missing := _CALLED - called:
        return f"{_ENTRY} of {theirs.__name__} does not call {', '.join(sorted(missing))}"
    return ""
