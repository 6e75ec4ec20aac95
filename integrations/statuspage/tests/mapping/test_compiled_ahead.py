"""A kind's program is compiled before its first object comes."""

from typing import Any, override

from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from mapping.mapper import Mapper
from mapping.program import Outcome, ProgramText
from mapping.worker_process import WorkerProcess

from .both_ways import mapped_batch, ours

KIND = ResourceConfig.parse_obj(
    {
        "kind": "any",
        "selector": {"query": ".id != null"},
        "port": {
            "entity": {
                "mappings": {
                    "identifier": ".id",
                    "blueprint": '"b"',
                    "properties": {"name": ".name"},
                }
            }
        },
    }
)


class NotingMapper(Mapper):
    """Notes by what it maps."""

    def __init__(self, process: WorkerProcess) -> None:
        super().__init__(process)
        self.programs: list[ProgramText] = []

    @override
    async def map(
        self, program: ProgramText, objects: list[Any], *, parse_all: bool, limit: float
    ) -> tuple[list[int], list[Outcome | Exception]]:
        self.programs.append(program)
        return await super().map(program, objects, parse_all=parse_all, limit=limit)


async def test_it_is_the_one_by_which_its_objects_are_mapped(process: WorkerProcess) -> None:
    mapper = NotingMapper(process)
    processor = ours(mapper)

    await processor.compile_ahead(KIND)
    await mapped_batch(processor, KIND, [{"id": "a", "name": "A"}])

    ahead, used = mapper.programs
    assert ahead == used
