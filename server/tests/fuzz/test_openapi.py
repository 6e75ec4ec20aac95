"""The API against its own OpenAPI document: whatever fits it, and what does not, gets no 5xx."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
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

from statuspage_server.core.moments import wall_clock
from statuspage_server.storage.database import Database
from statuspage_server.storage.engine import database_url
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import write_new_page
from tests.databases import make_key
from tests.process.program import Program

CONFIG = "statuspage: {token: t, groups: {A: [{name: a, id: a}]}}\nserver: {rate_limit: 0}"
EXAMPLES = 6
PARTS = 4  # for the workers to share
# The servers are processes of their own: counting lines here would only slow requests down.
pytestmark = pytest.mark.no_cover


@dataclass
class Target:
    program: Program
    key: str
    ids: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.program.port}"

    def headers(self, path: str) -> dict[str, str]:
        """Who asks, in the form that the operation knows."""
        if not path.startswith("/api/dashboards/"):
            return {"Authorization": self.key}
        client = b64encode(f"tests:{self.key}".encode()).decode()
        known = f"Basic {client}" if path.endswith("/external") else f"Bearer {self.key}"
        return {"Authorization": known, "Organization": self.ids["page_id"]}


@pytest.fixture(scope="module")
def targets(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Target]]:
    """A server on each database. Making requests takes most of the time, so both get the same."""
    folder = tmp_path_factory.mktemp("fuzz")
    with ExitStack() as stack:
        yield [
            _start(stack, folder / "config.yml", url)
            for url in (database_url("sqlite:///fuzz.db", folder), *_postgres(request))
        ]


def _postgres(request: pytest.FixtureRequest) -> list[URL]:
    try:
        make: Callable[[], URL] = request.getfixturevalue("fresh_postgres")
    except pytest.skip.Exception:
        return []  # the tests that need it say why it is not there
    return [make()]


def _start(stack: ExitStack, config: Path, url: URL) -> Target:
    config.write_text(CONFIG, encoding="utf-8")
    page, key = _fill(url), make_key(url)
    program = stack.enter_context(Program(config, url))
    return Target(program, key, _ids(program, key, page))


def _fill(url: URL) -> str:
    database = Database.open(url)
    rows = generate_page("Fuzzed", Size(), wall_clock(), seed=1)
    database.write_now(lambda connection: write_new_page(connection, rows))
    database.close()
    return str(rows.page["id"])


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
        "disruption_id": incident["id"],
        "update_id": incident["incident_updates"][0]["id"],
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_is_answered_with_5xx(targets: list[Target], part: int) -> None:
    document = httpx.get(f"{targets[0].url}/openapi.json").json()
    operations = list(schemathesis.openapi.from_dict(document).get_all_operations())
    for result in operations[part::PARTS]:
        assert isinstance(result, Ok), result
        for mode in GenerationMode:
            _try(result.ok(), mode, targets)
    for target in targets:
        assert target.program.get("/health").json()["status"] == "ok"
        assert not any("Traceback" in line for line in target.program.lines)


def _try(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, targets: list[Target]
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), aim=st.booleans())
    def ask(case: Case[Any], *, aim: bool) -> None:
        made_up = dict(case.path_parameters)
        for target in targets:
            # Half of the requests go to what is there; deleting it would end that.
            if aim and case.method != "DELETE":
                known = {name: target.ids[name] for name in made_up if name in target.ids}
                case.path_parameters.update(known)
            answer = case.call(base_url=target.url, headers=target.headers(operation.path))
            assert answer.status_code < 500, f"{operation.label}: {answer.text}"
            if answer.status_code >= 400:
                assert answer.json()["error"], operation.label

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, operation.label  # nothing to get wrong there
