"""What the documents say is what the code does."""

import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from click.testing import CliRunner
from port_ocean.cli.cli import cli_start
from port_ocean.config.dynamic import default_config_factory
from port_ocean.core.handlers.port_app_config.models import Selector
from pydantic import ValidationError

import plain_ocean
from advice import sentence
from integration import StatuspagePortAppConfig
from kinds import ObjectKind, Scope
from live_events.messages import summary_of
from mapping.errors import JqEnded, MappingTooSlow
from plain_errors import sentences
from publishing.found import Found
from refusals import Refusals
from resync.errors import PageNotVisible
from settings import SettingError, read_settings
from statuspage import (
    AccessDenied,
    KeyRejected,
    NotFound,
    Redirected,
    Refused,
    ServerFailed,
    Throttled,
    Unreachable,
    UnusableAnswer,
    connect,
)
from subscriptions import messages
from subscriptions.plan import State, SubscriptionPlan
from tests.account import KEY, Account
from tests.port_resources.shipped import KINDS, blueprint_of, pages, scorecards, spec
from watching import troubles

from .files import (
    DOCUMENTS,
    GUIDE,
    HERE,
    SETTINGS,
    blocks,
    guide,
    is_known,
    rows,
    text,
    variable_of,
    variables,
)

PAGES, PAGE = "GET /v1/pages", "r4k9wz2mq7xd"
COMPONENTS = f"GET /v1/pages/{PAGE}/components"

# The parameters of the published documentation, under the names that it gives them.
DOCUMENTED = [
    "port.clientId",
    "port.clientSecret",
    "port.baseUrl",
    "integration.identifier",
    "integration.type",
    "integration.eventListener.type",
    "integration.secrets.statuspageApiKey",
    "integration.config.statuspageIds",
    "integration.config.statuspageHost",
    "scheduledResyncInterval",
    "initializePortResources",
    "sendRawDataExamples",
    "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY",
    "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_IDS",
    "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_HOST",
    "OCEAN__INITIALIZE_PORT_RESOURCES",
    "OCEAN__INTEGRATION__IDENTIFIER",
    "OCEAN__PORT__CLIENT_ID",
    "OCEAN__PORT__CLIENT_SECRET",
    "OCEAN__PORT__BASE_URL",
]
ADDRESSES = [
    *("54.73.167.226", "63.33.143.237", "54.76.185.219"),
    *("3.234.37.33", "54.225.172.136", "3.225.234.99"),
]


def refused_setting(**settings: object) -> SettingError:
    with pytest.raises(SettingError) as raised:
        read_settings({"statuspage_api_key": KEY} | settings)
    return raised.value


SENTENCES = [
    refused_setting(statuspage_api_key="two words"),
    refused_setting(requests_per_minute=0),
    KeyRejected(PAGES, 401, "Could not authenticate"),
    AccessDenied(COMPONENTS, 403, ""),
    NotFound(COMPONENTS, 404, ""),
    PageNotVisible(PAGE),
    Throttled(PAGES, 429, "", None),
    ServerFailed(PAGES, 503, "", None),
    Unreachable(
        PAGES, "no connection to api.statuspage.io (All connection attempts failed)", sent=False
    ),
    UnusableAnswer(PAGES, "it is not JSON"),
    Redirected(PAGES, 302),
    MappingTooSlow(250, 120),
    JqEnded(250),
]


def found(state: State, email: str | None = None) -> SubscriptionPlan:
    return SubscriptionPlan({"id": "wg4q7mw9733n", "email": email}, state, ())


OPEN, CLOSED = {"id": PAGE}, {"id": PAGE, "allow_webhook_subscribers": False}
VIEW = "GET /api/v2/summary.json"
SUBSCRIBERS = f"/v1/pages/{PAGE}/subscribers"
WARNINGS = [
    messages.problem_of(OPEN, found(State.UNCONFIRMED, "ops@example.com")),
    messages.problem_of(OPEN, found(State.UNCONFIRMED)),
    messages.problem_of(OPEN, found(State.QUARANTINED)),
    messages.problem_of(CLOSED, found(State.ACTIVE)),
    messages.was_quarantined(PAGE, "2026-09-14T09:00:00Z"),
    messages.refused(OPEN, Refused(f"POST {SUBSCRIBERS}", 422, ""), "ops@example.com"),
    messages.not_checked(PAGE, ServerFailed(f"GET {SUBSCRIBERS}", 503, "", None)),
    messages.not_removed(PAGE, AccessDenied(f"DELETE {SUBSCRIBERS}/wg4q7mw9733n", 403, "")),
    troubles.not_public(PAGE),
    troubles.sentence(PAGE, NotFound(VIEW, 404, "")),
    troubles.sentence(PAGE, Throttled(VIEW, 429, "", None)),
]
LOGGED = [
    "%s: %d read from %d pages (%d requests since the start)",
    "Waiting %.0f s for the request window (%s)",
    "Redis does not answer (%s): requests are counted for this process alone",
    "The list %s of page %s is empty and was not before, so it is asked for once more",
    "Webhook requests were refused, since their address lacks its token (%d)",
    "Events of page %s wait %.0f s: %s",
    "Events of page %s are left to the next resync: %s",
    "Too many live events wait: the next resync brings this one",
    (
        "A mapping of incidents does not keep .id, .page_id and .status under a fixed "
        "blueprint: the end of its older incidents waits for the next full resync"
    ),
]


def test_the_guide_has_a_row_for_each_kind_with_its_blueprint() -> None:
    told = {row[0]: row[1] for row in reversed(list(rows(*GUIDE))) if len(row) > 1}

    assert {kind: told.get(f"`{kind}`") for kind in KINDS} == {
        kind: f"`{blueprint_of(kind)['identifier']}`" for kind in KINDS
    }


def test_the_guide_has_a_row_for_each_action_with_its_inputs() -> None:
    told = {row[0]: set(re.findall(r"`(\w+)`", row[2])) for row in rows(*GUIDE) if row[2:]}

    assert {action["name"]: told.get(f"`{action['name']}`") for action in spec()["actions"]} == {
        action["name"]: {one["name"] for one in action["inputs"]} - {"pageId"}
        for action in spec()["actions"]
    }


def test_the_guide_names_each_scorecard_and_the_dashboard() -> None:
    titles = [one["title"] for one in [*(card for _, card in scorecards()), *pages()]]

    assert [title for title in titles if f"*{title}*" not in guide()] == []


def test_the_guide_has_a_row_for_each_documented_parameter() -> None:
    assert {f"`{name}`" for name in DOCUMENTED} <= {row[0] for row in rows(*GUIDE)}


def test_the_guide_names_the_addresses_from_which_port_calls() -> None:
    assert [one for one in ADDRESSES if f"`{one}`" not in guide()] == []


@pytest.mark.parametrize("name", SETTINGS)
def test_the_guide_has_a_row_for_each_setting_with_its_variable_and_default(name: str) -> None:
    default = SETTINGS[name].get("default")
    (found,) = [row for row in rows(*GUIDE) if row[0] == f"`{name}`"]

    assert found[1] == f"`{variable_of(name)}`"
    assert not default or f"`{default}`" == found[2]


def test_the_guide_names_each_setting_as_the_chart_does() -> None:
    sections = [
        ("secrets" if setting.get("sensitive") else "config", name)
        for name, setting in SETTINGS.items()
    ]

    assert {f"`integration.{section}.{name}`" for section, name in sections} <= {
        row[0] for row in rows(*GUIDE)
    }


def test_the_guide_has_a_row_for_each_selector_of_each_kind() -> None:
    told = {
        (kind, row[1])
        for row in rows(*GUIDE)
        for kind in re.findall(r"`(\w+)`", row[0])
        if kind in KINDS and re.fullmatch(r"`(currentStatus|scopes|createdWithinDays)`", row[1])
    }
    (models,) = get_args(get_type_hints(StatuspagePortAppConfig)["resources"])
    there = {
        (str(*get_args(model.__fields__["kind"].type_)), f"`{selector.alias}`")
        for model in get_args(models)
        for selector in model.__fields__["selector"].type_.__fields__.values()
        if selector.name not in Selector.__fields__
    }

    assert told == there


def test_the_guide_names_each_scope() -> None:
    assert [scope for scope in Scope if f"`{scope}`" not in guide()] == []


@pytest.mark.parametrize("error", SENTENCES, ids=lambda error: type(error).__name__)
def test_the_guide_quotes_what_is_shown_of_an_error_as_it_is(error: Exception) -> None:
    said = [row[0] for row in rows(*GUIDE)]

    assert any(row.startswith(f"`{sentence(error)}") for row in said), error


@pytest.mark.parametrize(
    "error", [Throttled(PAGES, 429, "", 60.0), ServerFailed(PAGES, 503, "", 0.5)]
)
def test_the_guide_quotes_the_line_about_another_attempt_as_it_is(
    error: Throttled | ServerFailed,
) -> None:
    said = f"`{error} Trying again in {error.retry_after} s.`"

    assert said in {row[0] for row in rows(*GUIDE)}


@pytest.mark.parametrize("warning", WARNINGS)
def test_the_guide_quotes_the_warning_about_a_subscription_as_it_is(warning: str) -> None:
    assert f"`{warning}`" in {row[0] for row in rows(*GUIDE)}


@pytest.mark.parametrize("line", LOGGED)
def test_the_guide_quotes_the_log_line_as_it_is(line: str) -> None:
    pattern = re.escape(line).replace(r"%\.0f", "%d").replace("%d", r"\d+").replace("%s", ".+?")
    sources = re.sub(r'"\s*\n\s*"', "", "".join(path.read_text() for path in HERE.glob("*/*.py")))

    assert re.search(f"`{pattern}`", guide())
    assert line in sources


def test_the_guide_quotes_the_warning_about_refused_entities_as_it_is() -> None:
    refusals = Refusals()
    for identifier in ("u8k3nd5tv9qb", "u2m6rw4xk7zp"):
        refusals.refused("statuspageIncidentUpdate", identifier, "Invalid type")

    assert f"`{refusals.sentence('This resync')}`" in {row[0] for row in rows(*GUIDE)}


def test_the_guide_quotes_the_warning_about_a_changed_ocean_as_it_is() -> None:
    problem = "JQEntityProcessor has no parse_items_sync"

    assert f"`{plain_ocean.warning(problem)}`" in {row[0] for row in rows(*GUIDE)}


def test_the_guide_quotes_the_line_about_a_live_event_as_it_is() -> None:
    found = Found(
        {"id": PAGE, "name": "Parcel Status"},
        {
            (ObjectKind.PAGE, PAGE): {},
            (ObjectKind.COMPONENT_GROUP, "1"): {},
            (ObjectKind.COMPONENT, "1"): {},
            (ObjectKind.COMPONENT, "2"): None,
            (ObjectKind.INCIDENT, "1"): {},
        },
        read_at=0.21,
    )

    assert f"`{summary_of(found, 0.0, 0.84)}`" in guide()


def test_the_guide_quotes_how_a_missing_key_and_a_wrong_list_are_reported() -> None:
    with pytest.raises(ValidationError) as raised:
        default_config_factory(list(SETTINGS.values())).model_validate({"statuspage_ids": "a,b"})
    said = sentences(raised.value) or []

    assert len(said) == 2
    assert [one for one in said if f"| `{one}` |" not in guide()] == []


def test_the_table_of_the_quota_follows_from_the_formula() -> None:
    told = [row for row in rows(*GUIDE) if re.fullmatch(r"\d+ / \d+ / \d+", row[1])]

    assert len(told) == 5
    for number, sizes, requests, _ in told:
        components, groups, incidents = (int(size) for size in sizes.split(" / "))
        lists = (groups, components + groups, incidents)
        assert int(requests) == 1 + int(number) * sum(size // 100 + 1 for size in lists)


@pytest.mark.parametrize("name", [*DOCUMENTS, ".env.example"])
def test_every_variable_in_a_document_is_one_that_ocean_reads(name: str) -> None:
    assert {one for one in variables(text(name)) if not is_known(one)} == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_in_a_document_is_there(name: str) -> None:
    targets = re.findall(r"(?:^|`)make ([a-z/ ]+?)(?:`|$)", text(name), re.MULTILINE)
    there = set(re.findall(r"^([a-z/]+):", text("Makefile"), re.MULTILINE))

    assert {target for line in targets for target in line.split()} <= there


def test_the_guide_has_a_row_for_each_make_target() -> None:
    there = set(re.findall(r"^([a-z/]+):.*## ", text("Makefile"), re.MULTILINE)) - {"help"}

    assert {row[0] for row in rows(*GUIDE)} >= {f"`make {target}`" for target in there}


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (["sail"], ["--once"]),
        (["probe"], []),
        (["defaults", "clean"], ["--force", "--wait", "--destroy"]),
    ],
)
def test_every_ocean_command_in_the_guide_is_there(command: list[str], options: list[str]) -> None:
    shown = " ".join([".venv/bin/ocean", *command, *options])

    helped = CliRunner().invoke(cli_start, [*command, "--help"])

    assert f"{shown}\n" in guide()
    assert helped.exit_code == 0
    assert [option for option in options if option not in helped.output] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_or_a_heading_leads_somewhere(name: str) -> None:
    folder = (HERE / name).parent
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text(name)):
        path, _, heading = target.partition("#")
        file = folder / path if path else HERE / name
        assert file.exists(), target
        if heading:
            assert heading in headings(file), target


def headings(file: Path) -> set[str]:
    """The headings of a document as a link names them."""
    found = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in found}


def test_the_script_on_the_page_of_the_client_runs(host: str, account: Account) -> None:
    (page,) = account.pages.values()
    account.add_incident(page, status="investigating", name="Labels are late")
    account.add_incident(page, status="resolved", name="Long over")
    script = blocks("statuspage/README.md", "python")[0]

    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=HERE,
        env={"PATH": os.defpath, "STATUSPAGE_API_KEY": KEY, "STATUSPAGE_HOST": host},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ended.stderr == ""
    assert ended.stdout == f"{page.raw['name']}: Labels are late: investigating\n"


def test_the_page_of_the_client_describes_each_argument_of_connect_in_its_order() -> None:
    described = [row[0].strip("`") for row in rows("statuspage/README.md") if row[0][0] == "`"]

    arguments = list(inspect.signature(connect).parameters)
    assert described[: len(arguments)] == arguments


def test_the_changelog_has_an_entry_for_the_version_of_the_project() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]

    assert re.search(
        rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", text("CHANGELOG.md"), re.MULTILINE
    )
