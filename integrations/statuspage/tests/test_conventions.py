"""What must stay in step across files, and who may import or read what."""

import ast
import json
import statistics
from pathlib import Path

import pytest
from port_ocean.core.handlers.port_app_config.models import ResourceConfig

import integration
from integration import StatuspagePortAppConfig
from kinds import ObjectKind
from tests.port_resources.shipped import PORT, blueprints, mapping_config, spec

ROOT = Path(__file__).parent.parent
LONGEST = 250

SOURCES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if not {".venv", "build", "dist"} & set(path.relative_to(ROOT).parts)
)
RESYNC = [path for path in SOURCES if path.is_relative_to(ROOT / "resync")]
PRODUCT = [
    path
    for path in SOURCES
    if path.relative_to(ROOT).parts[0] not in ("tests", "integration_tests")
]


def name_of(path: Path) -> str:
    """Return a file's place below the integration."""
    return str(path.relative_to(ROOT))


def imports(source: str, *, for_types: bool = True) -> set[str]:
    """Return the packages that a source imports, relative ones aside."""
    tree = ast.parse(source)
    left_out = set() if for_types else only_for_types(tree)
    found = set()
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def only_for_types(tree: ast.AST) -> set[ast.AST]:
    """Return what is never run: it stands there for mypy alone."""
    return {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for statement in branch.body
        for node in ast.walk(statement)
    }


def reads_configuration(source: str) -> bool:
    """Tell whether a source reads Ocean's `integration_config`."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "integration_config"
        for node in ast.walk(ast.parse(source))
    )


@pytest.mark.parametrize("kind", ObjectKind)
def test_every_kind_can_be_configured(kind: ObjectKind) -> None:
    configs = [
        config
        for config in vars(integration).values()
        if isinstance(config, type)
        and issubclass(config, ResourceConfig)
        and "kind" in config.__annotations__
        and config.__module__ == integration.__name__
    ]
    entity = {"mappings": {"identifier": ".id", "blueprint": '"any"'}}
    raw = {"kind": kind, "selector": {"query": "true"}, "port": {"entity": entity}}

    (parsed,) = StatuspagePortAppConfig(resources=[raw]).resources

    assert len(configs) == len(ObjectKind)
    assert type(parsed) in configs
    assert parsed.kind == kind


def test_every_kind_is_mapped_to_a_blueprint_that_is_shipped() -> None:
    mapped = {
        block["kind"]: json.loads(block["port"]["entity"]["mappings"]["blueprint"])
        for block in mapping_config()["resources"]
    }

    assert set(mapped) == set(ObjectKind)
    assert set(mapped.values()) <= set(blueprints())


def test_every_kind_has_examples() -> None:
    examples = {path.parent.name for path in (PORT / "examples").glob("*/*.json")}

    assert examples == set(ObjectKind)


def test_every_kind_is_in_the_specification() -> None:
    kinds = [part["kind"] for feature in spec()["features"] for part in feature["resources"]]

    assert kinds == list(ObjectKind)


def test_what_reads_and_merges_knows_nothing_of_ocean() -> None:
    knowing = {path.name for path in RESYNC if "port_ocean" in imports(path.read_text())}

    assert knowing == {"session.py", "open_incidents.py", "held_in_port.py", "needs.py"}


def test_no_package_is_imported_in_a_circle() -> None:
    places = {path: name_of(path).split("/")[0].removesuffix(".py") for path in PRODUCT}
    arrows = {
        (place, found)
        for path, place in places.items()
        for found in imports(path.read_text(), for_types=False) & set(places.values()) - {place}
    }
    # A place that nothing outside of those left imports cannot be in a circle.
    left = set(places.values())
    while free := {place for place in left if not any(a in left for a, b in arrows if b == place)}:
        left -= free

    assert left == set()


def test_only_the_client_module_reads_the_configuration() -> None:
    reading = {name_of(path) for path in PRODUCT if reads_configuration(path.read_text())}

    assert reading == {"client.py"}


def test_no_source_is_too_long_to_be_read_at_once() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in PRODUCT}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_most_sources_fit_on_one_screen_or_two() -> None:
    assert statistics.median(len(path.read_text().splitlines()) for path in PRODUCT) <= 70


def test_the_guards_see_what_they_look_for() -> None:
    source = (
        "if True:\n    from port_ocean.context.ocean import ocean\nimport resync.spool\n"
        "if TYPE_CHECKING:\n    from integration import StatuspageResourceConfig\n"
        "from . import near\nconfig = ocean.integration_config\n"
    )

    assert imports(source) == {"port_ocean", "resync", "integration"}
    assert imports(source, for_types=False) == {"port_ocean", "resync"}
    assert reads_configuration(source)
