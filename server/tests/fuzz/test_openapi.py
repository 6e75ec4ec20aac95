"""The API against its own OpenAPI document: whatever fits it, and what does not, gets no 5xx."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from sqlalchemy.engine import URL

from tests.process.program import Program, run

CONFIG = "statuspage: {token: t, groups: {A: [{name: a, id: a}]}}\nserver: {rate_limit: 0}"
EXAMPLES = 10


@dataclass
class Target:
    program: Program
    key: str
    ids: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.program.port}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    config = tmp_path_factory.mktemp("fuzz") / "config.yml"
    config.write_text(CONFIG, encoding="utf-8")
    url = _database(request)
    page = run("generate", "Fuzzed", "--config", config, url=url).stdout.strip()
    key = run("key", "create", "fuzz", "--config", config, url=url).stdout.strip()
    with Program(config, url) as program:
        yield Target(program, key, _ids(program, key, page))


def _database(request: pytest.FixtureRequest) -> URL | None:
    if request.param == "sqlite":
        return None
    make: Callable[[], URL] = request.getfixturevalue("fresh_postgres")
    return make()


def _ids(program: Program, key: str, page: str) -> dict[str, str]:
    """Things that are there, so that requests get further than 404."""

    def first(path: str) -> Any:
        return program.get(f"/v1/pages/{page}/{path}", Authorization=key).json()[0]

    incident = first("incidents")
    group = first("component-groups")
    return {
        "page_id": page,
        "component_id": group["components"][0],
        "group_id": group["id"],
        "incident_id": incident["id"],
        "update_id": incident["incident_updates"][0]["id"],
    }


def test_no_request_is_answered_with_5xx(target: Target) -> None:
    document = httpx.get(f"{target.url}/openapi.json").json()
    operations = schemathesis.openapi.from_dict(document).get_all_operations()
    for result in operations:
        assert isinstance(result, Ok), result
        for mode in GenerationMode:
            _try(result.ok(), mode, target)
    assert target.program.get("/health").json()["status"] == "ok"
    assert not any("Traceback" in line for line in target.program.lines)


def _try(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, target: Target) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), aim=st.booleans())
    def ask(case: Case[Any], *, aim: bool) -> None:
        # Half of the requests go to what is there; deleting it would end that.
        if aim and case.method != "DELETE":
            known = {name: target.ids[name] for name in case.path_parameters if name in target.ids}
            case.path_parameters.update(known)
        answer = case.call(base_url=target.url, headers={"Authorization": target.key})
        assert answer.status_code < 500, f"{operation.label}: {answer.text}"
        if answer.status_code >= 400:
            assert answer.json()["error"], operation.label

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, operation.label  # nothing to get wrong there
