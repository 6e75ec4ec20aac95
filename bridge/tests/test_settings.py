"""What can be set, and what is said of what cannot be."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from statuspage_bridge.cli import main
from statuspage_bridge.configuration.environment import read_environment
from statuspage_bridge.configuration.texts_file import read_texts
from statuspage_bridge.errors import StartError

SEED = {"PD_ACCOUNT_HUGOPS": "k1", "STATUSPAGE_PAGE": "p", "STATUSPAGE_KEY": "k2"}


def test_c2_4_the_environment_of_pagerstatus_is_enough() -> None:
    settings = read_environment(SEED | {"PD_ACCOUNT_OTHER": "k3"})

    assert [(str(one.account), one.type) for one in settings.sources] == [
        ("pagerduty/hugops", "pagerduty"),
        ("pagerduty/other", "pagerduty"),
    ]
    assert not settings.as_rules().usual.notify
    assert "k1" not in str(settings)
    assert "k2" not in str(settings)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"STATUSPAGE_PAGE": ""}, "STATUSPAGE_PAGE is missing"),
        ({"STATUSPAGE_KEY": " "}, "STATUSPAGE_KEY is missing"),
        ({"PD_ACCOUNT_HUGOPS": ""}, "There is no source"),
        ({"PD_SECRET_OTHER": "x"}, "PD_ACCOUNT_OTHER is missing"),
        ({"PD_API_HUGOPS": "eu"}, "PD_API_HUGOPS is 'eu'"),
        ({"ALERTMANAGER_API_MAIN": "http://a"}, "ALERTMANAGER_TOKEN_MAIN is missing"),
        ({"OPENS_AFTER": "soon"}, "write 90s, 5m, 2h or 1d"),
        ({"NOTIFY": "maybe"}, "write true or false"),
    ],
)
def test_what_cannot_be_is_told(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(StartError, match=sentence):
        read_environment(SEED | changed)


def test_lengths_are_written_with_their_unit() -> None:
    settings = read_environment(SEED | {"OPENS_AFTER": "2m", "RESOLVES_AFTER": "1 h"})
    usual = settings.as_rules().usual

    assert (usual.opens_after, usual.resolves_after) == (timedelta(minutes=2), timedelta(hours=1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: 1\nname: {{component_name}} fails", r"line 2: this is no YAML .* in quotes"),
        ("- a", "line 1: It has fields"),
        ("title: x", "line 1: `title`: it is not known: it can be body, "),
        ("body: x\nname: 7", "line 2: `name`: it is a text"),
        ("incident_status: resolved", "`incident_status`: it can be 'investigating', "),
        ("component_status: bad", "`component_status`: it can be 'operational', "),
    ],
)
def test_a_fault_of_the_template_is_told(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "default.yml"
    file.write_text(content)

    with pytest.raises(StartError, match=sentence):
        read_texts(file)


def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        read_texts(tmp_path / "none.yml")


def test_the_command_ends_with_a_sentence() -> None:
    outcome = CliRunner().invoke(main, env=SEED | {"STATUSPAGE_PAGE": ""})

    assert outcome.exit_code == 1
    assert outcome.stderr == "STATUSPAGE_PAGE is missing: set it to the page's id.\n"
