"""Ocean's entity processor, with the mapping done by the worker process."""

from functools import cache
from typing import Any, override

from loguru import logger
from port_ocean.context.ocean import PortOceanContext, ocean
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor
from port_ocean.core.handlers.entity_processor.models import MappedEntity
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.ocean_types import CalculationResult, EntitySelectorDiff
from port_ocean.exceptions.core import EntityProcessorException

from aside import aside

from .entities import entity
from .mapper import Mapper
from .plan import Plan
from .program import Mapped, Outcome, ProgramText, SelectorFailed
from .worker_process import WorkerProcess

type Json = dict[str, Any]
type Result = tuple[list[MappedEntity], list[Exception]]

# What Ocean puts before each expression, unless mappings may read the environment.
NO_ENVIRONMENT = "def env: {}; {} as $ENV | "


@cache
def shared_mapper() -> Mapper:
    """Return the one of this program: a process is enough for all kinds, and for live events."""
    return Mapper(WorkerProcess())


def program_text(selector: str, expressions: list[str]) -> ProgramText:
    """Return what is compiled, each expression as Ocean would compile it alone."""
    is_free = ocean.config.allow_environment_variables_jq_access
    format_filter = JQEntityProcessor._format_filter  # noqa: SLF001 (inherited below)
    return ProgramText(
        "" if is_free else NO_ENVIRONMENT,
        format_filter(selector),
        tuple(format_filter(expression) for expression in expressions),
    )


class OneProgramProcessor(JQEntityProcessor):
    """Has all expressions of a kind run as one program, once for each object."""

    def __init__(self, context: PortOceanContext) -> None:
        super().__init__(context)
        self.mapper = shared_mapper()

    @override
    async def _parse_items(
        self, mapping: ResourceConfig, raw_results: list[Json], parse_all: bool = False
    ) -> CalculationResult:
        """Map a batch in one pass; Ocean makes a second one of what is uncompileable, or nested."""
        logger.info(f"Parsing {len(raw_results)} raw results into entities")
        patterns = mapping.port.entity.mappings.dict(exclude_unset=True)
        results, _ = await self.parse_items_sync(
            patterns, raw_results, mapping.selector.query, parse_all
        )
        diff = EntitySelectorDiff(passed=[], failed=[])
        errors: list[Exception] = []
        misconfigured: Json = {}
        faults = 0
        for found, failures in results:
            errors += failures
            for one in found:
                misconfigured |= one.misconfigurations
                if not (one.entity.get("identifier") and one.entity.get("blueprint")):
                    faults += 1
                    continue
                chosen = diff.passed if one.did_entity_pass_selector else diff.failed
                chosen.append(entity(one.entity))

        async def notify() -> None:
            required = await self._resolve_required_fields(mapping, misconfigured)
            self._notify_mapping_issues(misconfigured, faults > 0, faults, required)

        await aside(f"what is wrong with the mapping of {mapping.kind}", notify)
        return CalculationResult(diff, errors, misconfigured_entity_keys=misconfigured)

    async def compile_ahead(self, mapping: ResourceConfig) -> None:
        """Have a kind's program there when its first object comes."""
        plan = Plan(mapping.port.entity.mappings.dict(exclude_unset=True))
        await self._mapped(plan, [], mapping.selector.query, parse_all=False)

    @override
    async def parse_items_sync(
        self,
        compileable_patterns: Json,
        raw_results: list[Json],
        selector_query: str,
        parse_all: bool = False,
    ) -> tuple[list[Result], list[Exception]]:
        plan = Plan(compileable_patterns)
        invalid, outcomes = await self._mapped(
            plan, raw_results, selector_query, parse_all=parse_all
        )
        twice = _has_second_pass(compileable_patterns, {plan.paths[place] for place in invalid})
        self._tell(plan, selector_query, outcomes)
        return [_result(plan, one, selector_query, twice=twice) for one in outcomes], []

    @override
    async def _search(self, data: Json, pattern: str, field: str | None = None) -> Any:
        """Return the first output of an expression that is no mapping's, as of `itemsToParse`."""
        plan = Plan({"": pattern})
        _, [outcome] = await self._mapped(plan, [data], "true", parse_all=True)
        if isinstance(outcome, Mapped):
            for _, message in outcome.failures:
                self._log_search_failure(pattern, ValueError(message), field)
            [value] = outcome.values or [None]
            return value
        error = outcome if isinstance(outcome, Exception) else ValueError(outcome.message)
        self._log_search_failure(pattern, error, field)
        return None

    async def _mapped(
        self, plan: Plan, objects: list[Json], selector: str, *, parse_all: bool
    ) -> tuple[list[int], list[Outcome | Exception]]:
        program = program_text(selector, plan.expressions)
        limit = ocean.config.process_in_queue_timeout
        return await self.mapper.map(program, objects, parse_all=parse_all, limit=limit)

    def _tell(self, plan: Plan, selector: str, outcomes: list[Outcome | Exception]) -> None:
        """Log what went wrong, each thing once, where Ocean does so for each object."""
        first: dict[int, str] = {}
        for outcome in outcomes:
            for place, message in outcome.failures if isinstance(outcome, Mapped) else ():
                first.setdefault(place, message)
        for place, message in first.items():
            self._log_search_failure(
                plan.expressions[place], ValueError(message), plan.paths[place]
            )
        if unmapped := [one for one in outcomes if not isinstance(one, Mapped)]:
            logger.error(
                f"{len(unmapped)} of {len(outcomes)} objects are not mapped, since the selector "
                f"{selector!r} could not be asked: {_errors(unmapped[0], selector)[0]!r}"
            )


def _result(plan: Plan, outcome: Outcome | Exception, selector: str, *, twice: bool) -> Result:
    if not isinstance(outcome, Mapped):
        return [], _errors(outcome, selector)[: 1 + twice]
    if outcome.values is None:
        return [MappedEntity()], []
    entity, misconfigurations = plan.entity(outcome.values)
    return [MappedEntity(entity, outcome.passed, misconfigurations)], []


def _errors(outcome: SelectorFailed | Exception, selector: str) -> list[Exception]:
    """Return what Ocean collects in its first pass and in its second."""
    if isinstance(outcome, Exception):
        return [outcome, outcome]
    if outcome.message is not None:
        return [ValueError(outcome.message), ValueError(outcome.message)]
    if not outcome.outputs:
        return [StopIteration(), RuntimeError("coroutine raised StopIteration")]
    [value] = outcome.outputs
    error = EntityProcessorException(
        f"Expected boolean value for pattern {selector!r}, "
        f"got value:{value} of type: {type(value)} instead"
    )
    return [error, error]


def _has_second_pass(patterns: Json, invalid: set[str]) -> bool:
    """Tell whether Ocean would go through the objects again, for what is nested or invalid."""
    return any(not isinstance(pattern, str) or key in invalid for key, pattern in patterns.items())
