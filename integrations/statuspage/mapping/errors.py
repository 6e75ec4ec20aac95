"""What can stop a mapping. Each text is fit for the user of the integration."""

from port_ocean.exceptions.core import OceanAbortException


class MappingFailed(OceanAbortException):
    """Nothing came of a batch. Ocean then goes on with the next kind, and deletes nothing."""


class MappingTooSlow(MappingFailed):
    """The objects were not mapped in the time that Ocean allows."""

    def __init__(self, count: int, limit: float) -> None:
        super().__init__(
            f"The mapping was not done with {count} objects after {limit} s: one of its "
            "expressions may never end, look for repeat, recurse, while, until and range. The "
            "limit is OCEAN__PROCESS_IN_QUEUE_TIMEOUT."
        )


class JqEnded(MappingFailed):
    """The process that runs jq ended before it was done."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"jq ended while it mapped {count} objects: one of the mapping's expressions may take "
            "more memory than there is, look for those that build long lists or texts."
        )
