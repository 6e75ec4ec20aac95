"""The examples that run the integration once, in a job or by hand, start it."""

import json
import re
import subprocess
from itertools import pairwise

import pytest
import yaml
from humps import decamelize
from port_ocean.core.models import EventListenerType

from .conftest import PORT, Started
from .files import CONFIG, IMAGE, SETTINGS, blocks, env_file, load, text, whole

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


def commands() -> dict[str, str]:
    """Every `docker run` of the examples and of the guide that brings data into Port."""
    gitlab = load("examples/gitlab/.gitlab-ci.yml")["ingest_data"]["script"][0]
    azure = load("examples/azure-devops/azure-pipelines.yml")["steps"][0]["script"]
    jenkins = re.findall(r"sh\('''\n(.*?)'''\)", text("examples/jenkins/Jenkinsfile"), re.DOTALL)[0]
    shown = {
        name: next(one for one in blocks(document, "sh") if IMAGE in one)
        for name, document in {
            "readme": "README.md",
            "docker": "docs/install.md",
            "incremental": "docs/incremental-sync.md",
        }.items()
    }
    return {"gitlab": gitlab, "azure": azure, "jenkins": jenkins, **shown}


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
