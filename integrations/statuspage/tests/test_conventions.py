"""What must stay in step across files, and who may import or read what."""

import ast
import json
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


def imports(source: str) -> set[str]:
    """Return the packages that a source imports, relative ones aside."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def registered(source: str, decorator: str) -> set[str]:
    """Return the members of ObjectKind for which a handler is registered."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.AsyncFunctionDef):
            continue
        for call in node.decorator_list:
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("ocean"), attr=attribute),
                    args=[ast.Attribute(value=ast.Name("ObjectKind"), attr=kind)],
                ) if attribute == decorator:
                    found.add(kind)
    return found


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


@pytest.mark.parametrize("decorator", ["on_resync", "on_incremental_resync"])
def test_every_kind_has_a_handler(kind: ObjectKind, decorator: str) -> None:
    assert kind.name in registered((ROOT / "main.py").read_text(), decorator)


@pytest.mark.parametrize("kind", ObjectKind)
def test_every_kind_has_a_row_in_the_readme(kind: ObjectKind) -> None:
    assert re.search(rf"^\|.*`{kind}`.*\|", README, re.MULTILINE)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_described_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README)


def test_only_two_modules_of_resync_know_ocean() -> None:
    knowing = {path.name for path in RESYNC if "port_ocean" in imports(path.read_text())}

    assert knowing == {"session.py", "believed.py"}


def test_only_the_client_module_reads_the_configuration() -> None:
    reading = {name_of(path) for path in PRODUCT if reads_configuration(path.read_text())}

    assert reading == {"client.py"}


def test_no_source_is_too_long_to_be_read_at_once() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in PRODUCT}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_the_guards_see_what_they_look_for() -> None:
    source = (
        "if True:\n    from port_ocean.context.ocean import ocean\nimport resync.spool\n"
        "from . import near\nconfig = ocean.integration_config\n"
        "@ocean.on_incremental_resync(ObjectKind.PAGE)\n@ocean.on_resync(ObjectKind.INCIDENT)\n"
        "async def read(_): ...\n"
    )

    assert imports(source) == {"port_ocean", "resync"}
    assert reads_configuration(source)
    assert registered(source, "on_resync") == {"INCIDENT"}
    assert registered(source, "on_incremental_resync") == {"PAGE"}
