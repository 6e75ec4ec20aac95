"""Ocean as far as mapping needs it, and a worker process that ends with its test."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from loguru import logger
from port_ocean.context import ocean as ocean_context

from mapping.mapper import Mapper
from mapping.worker_process import WorkerProcess

settings.register_profile("patient", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def ocean_settings(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Ocean's settings that mapping reads, to be changed at will."""
    config = SimpleNamespace(
        allow_environment_variables_jq_access=True,
        process_in_queue_timeout=60,
        process_in_queue_max_workers=1,
    )
    context = ocean_context.PortOceanContext(SimpleNamespace(config=config))  # type: ignore[arg-type]
    monkeypatch.setattr(ocean_context, "_port_ocean", context)
    logger.remove()
    return config


@pytest.fixture(scope="module")
def process() -> Iterator[WorkerProcess]:
    """A worker process, started when it is needed."""
    process = WorkerProcess()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def mapper(process: WorkerProcess) -> Iterator[Mapper]:
    """What feeds it."""
    mapper = Mapper(process)
    yield mapper
    mapper.close()
