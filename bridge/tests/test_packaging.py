"""What it is shipped with fits what it is."""

import importlib
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from statuspage_bridge.cli import main
from statuspage_bridge.configuration.environment import read_environment

BRIDGE = Path(__file__).parents[1]
ROOT = BRIDGE.parent
TEMPLATE = BRIDGE / "examples/lambda/template.yaml"


class CloudFormation(yaml.SafeLoader):
    """YAML with the short forms of CloudFormation's functions."""


CloudFormation.add_multi_constructor("!", lambda _, suffix, node: (suffix, node.value))


def content(path: Path) -> Any:
    loader = CloudFormation if path == TEMPLATE else yaml.SafeLoader
    return yaml.load(path.read_text(), loader)  # noqa: S506 (both are safe)


def shipped() -> list[Path]:
    return [BRIDGE / "compose.yml", *sorted((BRIDGE / "examples").rglob("*.yaml"))]


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_every_yaml_file_is_yaml(path: Path) -> None:
    assert isinstance(content(path), dict)


def instructions(name: str) -> list[str]:
    text = re.sub(r"\\\n", " ", (BRIDGE / "Dockerfile").read_text())
    found = (line.partition(" ") for line in text.splitlines())
    return [rest.strip() for word, _, rest in found if word == name]


def test_the_image_copies_what_is_there_and_is_let_through() -> None:
    ignored = (BRIDGE / "Dockerfile.dockerignore").read_text().splitlines()
    for copied in instructions("COPY"):
        source = shlex.split(copied)[0]
        assert (ROOT / source).exists()
        assert f"!{source}" in ignored


def test_the_image_starts_the_bridge_as_nobody_special() -> None:
    (command,) = instructions("CMD")[-1:]
    assert CliRunner().invoke(main, [*yaml.safe_load(command), "--help"]).exit_code == 0
    assert instructions("USER") == ["bridge"]


def test_the_image_has_all_that_is_required() -> None:
    project = tomllib.loads((BRIDGE / "pyproject.toml").read_text())["project"]
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (BRIDGE / "requirements.lock").read_text(), re.MULTILINE)
    )
    required = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    names = {re.split(r"[\[>=<~!;]", one)[0].lower() for one in required}

    # The libraries come from beside it.
    assert names - locked == {"statuspage-client", "statuspage-nobl9"}
    assert "python-dotenv" in locked
    assert "nobl9/statuspage_nobl9 ./statuspage_nobl9" in instructions("COPY")
    assert "integrations/statuspage/statuspage ./statuspage" in instructions("COPY")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_place_to_download_from(name: str) -> None:
    assert "://" not in (BRIDGE / name).read_text()


def test_the_compose_file_builds_from_what_is_there() -> None:
    services = content(BRIDGE / "compose.yml")["services"]
    context = BRIDGE / services["bridge"]["build"]["context"]

    assert (context / services["bridge"]["build"]["dockerfile"]).is_file()
    assert (BRIDGE / services["statuspage"]["build"] / "Dockerfile").is_file()
    names = services["bridge"]["environment"]
    assert read_environment(
        dict.fromkeys(names, "x") | {"STATUSPAGE_HOST": names["STATUSPAGE_HOST"]}
    )


def test_the_helm_values_set_what_the_bridge_reads() -> None:
    container = content(BRIDGE / "examples/helm/values.yaml")["controllers"]["main"]["containers"]
    given = {"STATUSPAGE_KEY": "k", "ALERTMANAGER_TOKEN_MAIN": "t"}

    settings = read_environment(container["main"]["env"] | given)

    assert settings.state_address() == "sqlite:////data/bridge.db"


def test_the_lambda_names_a_handler_that_is_there_and_settings_that_are_read() -> None:
    properties = content(TEMPLATE)["Resources"]["Bridge"]["Properties"]
    module, _, name = properties["Handler"].rpartition(".")

    assert callable(getattr(importlib.import_module(module), name))
    variables = properties["Environment"]["Variables"]
    (account,) = read_environment(dict.fromkeys(variables, "x")).sources
    assert str(account.account) == "pagerduty/main"


def test_the_lambda_may_be_called_by_its_address() -> None:
    resources = content(TEMPLATE)["Resources"].values()
    permissions = [one["Properties"] for one in resources if one["Type"].endswith("Permission")]

    assert {one["Action"] for one in permissions} == {
        "lambda:InvokeFunctionUrl",
        "lambda:InvokeFunction",
    }
