"""Every example installs this integration, with parameters that exist."""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from humps import decamelize
from port_ocean.config.dynamic import default_config_factory
from port_ocean.config.settings import IntegrationConfiguration
from port_ocean.core.models import EventListenerType

from settings import Settings, read_settings

from .conftest import Probe
from .files import CONFIG, EXAMPLES, HERE, IMAGE, SETTINGS, blocks, is_known, text, variables

# What port-labs/ocean-sail@v1 takes: https://github.com/port-labs/ocean-sail/blob/main/action.yml
ACTION_INPUTS = {
    "type",
    "identifier",
    "port_client_id",
    "port_client_secret",
    "port_base_url",
    "initialize_port_resources",
    "config",
    "platform",
    "image",
    "version",
}
# The version of the chart that the examples were checked with, and of its values those that we use:
# https://github.com/port-labs/helm-charts/blob/port-ocean-0.21.0/charts/port-ocean/values.yaml
CHART = "0.21.0"
CHART_VALUES = {
    "port.clientId",
    "port.clientSecret",
    "port.baseUrl",
    "initializePortResources",
    "sendRawDataExamples",
    "scheduledResyncInterval",
    "imageRegistry",
    "liveEvents.baseUrl",
    "integration.identifier",
    "integration.type",
    "integration.version",
    "integration.eventListener.type",
    *(f"integration.secrets.{name}" for name, one in SETTINGS.items() if one.get("sensitive")),
    *(f"integration.config.{name}" for name, one in SETTINGS.items() if not one.get("sensitive")),
}
# What must be replaced, and fails at once as long as it is not.
PLACEHOLDERS = {"YOUR_PORT_CLIENT_ID", "YOUR_PORT_CLIENT_SECRET", "STATUSPAGE_API_KEY"}
# What would be taken at its word.
MADE_UP = re.compile(r"example\.com|statuspage-id-\d|r4k9wz2mq7xd|A_SECRET_OF_YOUR_OWN")
HELM = ["examples/helm/values.yaml", "examples/argocd/values.yaml"]
SHIPPED = [".env.example", *(str(path.relative_to(HERE)) for path in EXAMPLES)]
PORT = {"OCEAN__PORT__CLIENT_ID": "somebody", "OCEAN__PORT__CLIENT_SECRET": "made-up-secret"}

type Started = Callable[[Mapping[str, str]], Settings]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What the integration starts with in an environment; a value that cannot work is refused."""
    model = default_config_factory(list(SETTINGS.values()))

    def start(environment: Mapping[str, str]) -> Settings:
        monkeypatch.chdir(HERE)  # where Ocean finds .port
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        config = IntegrationConfiguration(
            integration_config_model=model,
            _env_file=None,
        )
        return read_settings(config.integration.config.model_dump(mode="json"))

    return start


def whole(content: str) -> str:
    """An example with what is commented out in it."""
    return re.sub(r"^( *)# ((?:  )*[\w.]+:(?: .*)?)$", r"\1\2", content, flags=re.MULTILINE)


def load(name: str) -> Any:
    return yaml.safe_load(text(name))


def flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values of a chart under their dotted names."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


def commands() -> dict[str, str]:
    """Every `docker run` of the examples and of the README that brings data into Port."""
    gitlab = load("examples/gitlab/.gitlab-ci.yml")["ingest_data"]["script"][0]
    azure = load("examples/azure-devops/azure-pipelines.yml")["steps"][0]["script"]
    jenkins = re.findall(r"sh\('''\n(.*?)'''\)", text("examples/jenkins/Jenkinsfile"), re.DOTALL)[0]
    shown = [one for one in blocks("README.md", "sh") if IMAGE in one]
    return {"gitlab": gitlab, "azure": azure, "jenkins": jenkins, "docker": shown[0]} | {
        "incremental": shown[1]
    }


COMMANDS = commands()


def handed_in(command: str) -> dict[str, str | None]:
    """The variables of a `docker run`; one without a value comes from the shell."""
    listed = subprocess.run(
        ["/bin/sh", "-c", f'docker() {{ printf "%s\\n" "$@"; }}\n{command}'],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    given = [value for flag, value in pairwise(listed) if flag == "-e"]
    return {
        name: value if sign else None for name, sign, value in (x.partition("=") for x in given)
    }


def env_file(content: str) -> dict[str, str]:
    """The variables of a file as `docker run --env-file` and Ocean read it."""
    lines = [line for line in content.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_variable_of_an_example_is_one_that_ocean_reads(path: Path) -> None:
    assert {name for name in variables(path.read_text()) if not is_known(name)} == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_stands_in_the_readme_as_it_is(path: Path) -> None:
    language = "groovy" if path.name == "Jenkinsfile" else "yaml"

    assert path.read_text() in blocks("README.md", language)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_runs_the_image_once(name: str) -> None:
    given = handed_in(COMMANDS[name])

    assert IMAGE in COMMANDS[name]
    assert json.loads(given["OCEAN__EVENT_LISTENER"] or "") == {"type": EventListenerType.ONCE}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_secret_stands_in_a_command(name: str) -> None:
    given = handed_in(COMMANDS[name])

    assert [one for one in given if "SECRET" in one or "API_KEY" in one if given[one]] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_integration_starts_with_the_variables_of_a_command(
    name: str, started: Started
) -> None:
    given = handed_in(COMMANDS[name])
    from_file = env_file(text(".env.example")) if "--env-file" in COMMANDS[name] else {}

    settings = started(from_file | {name: value or "from-the-ci" for name, value in given.items()})

    assert settings.page_ids == ()


def test_jenkins_has_a_credential_for_each_variable_without_a_value() -> None:
    credentials = re.findall(
        r"string\(credentialsId: '(\w+)', variable: '\1'\)", text("examples/jenkins/Jenkinsfile")
    )
    given = handed_in(COMMANDS["jenkins"])

    assert set(credentials) == {name for name, value in given.items() if value is None}


def test_azure_names_each_variable_without_a_value_in_env() -> None:
    env = load("examples/azure-devops/azure-pipelines.yml")["steps"][0]["env"]
    given = handed_in(COMMANDS["azure"])

    assert env == {name: f"$({name})" for name, value in given.items() if value is None}


@pytest.mark.parametrize("name", ["gitlab", "azure", "jenkins"])
def test_a_ci_example_hands_in_all_that_is_required(name: str) -> None:
    assert {
        f"{CONFIG}STATUSPAGE_API_KEY",
        "OCEAN__PORT__CLIENT_ID",
        "OCEAN__PORT__CLIENT_SECRET",
        "OCEAN__PORT__BASE_URL",
    } <= set(handed_in(COMMANDS[name]))


def test_github_gives_the_action_what_it_takes() -> None:
    (step,) = load("examples/github/statuspage.yml")["jobs"]["run-integration"]["steps"]
    given = step["with"]

    assert step["uses"] == "port-labs/ocean-sail@v1"
    assert set(given) <= ACTION_INPUTS
    assert given["type"] == "statuspage"
    assert set(yaml.safe_load(given["config"])) <= {decamelize(name) for name in SETTINGS}


def test_the_integration_starts_with_what_the_action_makes_of_the_github_example(
    started: Started,
) -> None:
    job = yaml.safe_load(whole(text("examples/github/statuspage.yml")))["jobs"]["run-integration"]

    settings = started(
        {
            **PORT,
            "OCEAN__EVENT_LISTENER": '{"type":"ONCE"}',
            f"{CONFIG}STATUSPAGE_API_KEY": "from-the-ci",
            **job["env"],
        }
    )

    assert settings.page_ids == ("statuspage-id-1", "statuspage-id-2")


@pytest.mark.parametrize("name", HELM)
def test_every_value_is_one_that_the_chart_and_the_integration_take(name: str) -> None:
    assert set(flat(yaml.safe_load(whole(text(name))))) <= CHART_VALUES


@pytest.mark.parametrize("name", HELM)
def test_a_secret_in_the_values_is_a_placeholder(name: str) -> None:
    values = flat(load(name))
    secret = [key for key in values if ".secrets." in key or key.startswith("port.client")]

    assert secret
    assert {values[key] for key in secret} <= PLACEHOLDERS


@pytest.mark.parametrize("name", HELM)
def test_the_integration_starts_with_what_the_chart_makes_of_the_values(
    name: str, started: Started
) -> None:
    """As in the chart's templates/configmap.yaml and templates/secret.yaml."""
    integration = yaml.safe_load(whole(text(name)))["integration"]
    config = {**integration.get("config", {}), **integration["secrets"]}

    settings = started(
        {
            **PORT,
            "OCEAN__EVENT_LISTENER": json.dumps(integration["eventListener"]),
            "OCEAN__INTEGRATION__IDENTIFIER": integration["identifier"],
            "OCEAN__INTEGRATION__TYPE": integration["type"],
            **{CONFIG + decamelize(key).upper(): str(value) for key, value in config.items()},
        }
    )

    assert list(settings.page_ids) == json.loads(config.get("statuspageIds", "[]"))


def test_argocd_finds_the_values_where_the_readme_puts_them() -> None:
    application = load("examples/argocd/application.yaml")
    chart, values = application["spec"]["sources"]

    assert chart["helm"]["valueFiles"] == [
        "$values/argocd/my-ocean-statuspage-integration/values.yaml"
    ]
    assert values["ref"] == "values"
    assert "`argocd/my-ocean-statuspage-integration`" in text("README.md")


def test_argocd_installs_the_chart_whose_values_are_known_here() -> None:
    chart, _ = load("examples/argocd/application.yaml")["spec"]["sources"]

    assert chart["chart"] == "port-ocean"
    assert chart["targetRevision"] == CHART


def test_argocd_and_its_values_hold_every_required_parameter_once() -> None:
    chart = load("examples/argocd/application.yaml")["spec"]["sources"][0]
    parameters = [one["name"] for one in chart["helm"]["parameters"]]
    given = sorted([*parameters, *flat(load("examples/argocd/values.yaml"))])

    assert set(given) <= CHART_VALUES
    assert len(given) == len(set(given))
    assert {"port.clientId", "port.baseUrl", "integration.secrets.statuspageApiKey"} <= set(given)


def test_the_integration_starts_with_a_copy_of_the_example_of_env(probe: Probe) -> None:
    content = text(".env.example")
    whole = content + re.sub(r"^# (OCEAN__)", r"\1", content, flags=re.MULTILINE)

    probe(env_file(whole))


def test_the_example_of_env_shows_every_setting_but_the_deprecated_one() -> None:
    deprecated = {f"{CONFIG}APP_HOST"}
    shown = {name for name in variables(text(".env.example")) if name.startswith(CONFIG)}

    assert shown | deprecated == {CONFIG + decamelize(name).upper() for name in SETTINGS}
    assert all(is_known(name) for name in variables(text(".env.example")))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_made_up_is_commented_out(name: str) -> None:
    in_force = re.sub(r"#.*$", "", text(name), flags=re.MULTILINE)

    assert not MADE_UP.search(in_force)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_example_holds_anything_like_a_secret(name: str) -> None:
    assert not re.search(
        r"(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[a-z])[A-Za-z0-9+/]{24,}", text(name)
    )


def test_the_readme_says_which_image_the_examples_install_before_it_shows_one() -> None:
    before, _, _ = text("README.md").partition("```yaml\n")

    assert IMAGE in before
    assert "docker build" in before
