"""The examples for Port's Helm chart, as they are and with what is commented out in them."""

import json
import re
from typing import Any

import pytest
import yaml
from humps import camelize, decamelize
from port_ocean.config.settings import ActionsProcessorSettings

from settings import SettingError
from subscriptions.endpoint import PATH

from .conftest import PORT, Started
from .files import CONFIG, SETTINGS, guide, load, rows, text, whole

# The version of the chart that the examples were checked with, and of its values those that we use,
# each with the version since which the chart's templates read it:
# https://github.com/port-labs/helm-charts/tree/main/charts/port-ocean
CHART = "0.21.0"
SINCE = {
    name.strip("`"): version
    for name, version, *_ in (row for row in rows("docs/kubernetes.md") if len(row) == 2)
    if name.startswith("`")
}
SPLIT_UP = {"integration.secrets", "integration.config"}
CHART_VALUES = {
    *(set(SINCE) - SPLIT_UP),
    *(f"integration.secrets.{name}" for name, one in SETTINGS.items() if one.get("sensitive")),
    *(f"integration.config.{name}" for name, one in SETTINGS.items() if not one.get("sensitive")),
}
# What must be replaced, and fails at once as long as it is not.
PLACEHOLDERS = {"YOUR_PORT_CLIENT_ID", "YOUR_PORT_CLIENT_SECRET", "STATUSPAGE_API_KEY"}
SPLIT = "examples/helm/split.yaml"
BESIDE = [f"examples/helm/{name}.yaml" for name in ("existing-secret", "ingress", "cronjob")]
HELM = ["examples/helm/values.yaml", "examples/argocd/values.yaml"]


def flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values of a chart under their dotted names."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{prefix}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


@pytest.mark.parametrize("name", HELM)
def test_every_value_is_one_that_the_chart_and_the_integration_take(name: str) -> None:
    assert set(flat(yaml.safe_load(whole(text(name))))) <= CHART_VALUES


def test_every_value_of_the_split_is_one_too_and_its_pods_share_a_redis() -> None:
    values = flat(load(SPLIT))
    # Names of variables follow, as they are or after OCEAN__ACTIONS_PROCESSOR__.
    extra = {name for name in values if ".extraConfig." in name}

    assert set(values) - extra <= CHART_VALUES
    assert values["integration.secrets.redisUrl"]
    assert {name.rpartition(".")[2] for name in extra if name.startswith("actions")} <= {
        camelize(name) for name in ActionsProcessorSettings.model_fields
    }


def test_each_incremental_sync_of_the_split_leaves_the_actions_on() -> None:
    """The chart's configmap-incremental has no flag for them, and Ocean would tell Port so."""
    extra = load(SPLIT)["incrementalSync"]["extraConfig"]

    assert extra == {"OCEAN__ACTIONS_PROCESSOR__ENABLED": "true"}


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


def test_argocd_finds_the_values_where_the_guide_puts_them() -> None:
    application = load("examples/argocd/application.yaml")
    chart, values = application["spec"]["sources"]

    assert chart["helm"]["valueFiles"] == [
        "$values/argocd/my-ocean-statuspage-integration/values.yaml"
    ]
    assert values["ref"] == "values"
    assert "`argocd/my-ocean-statuspage-integration`" in guide()


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


@pytest.mark.parametrize("name", BESIDE)
def test_what_goes_beside_the_values_holds_values_of_the_chart(name: str) -> None:
    values = flat(load(name))
    # What is emptied as a whole.
    named = {key for key, value in values.items() if not (key in SPLIT_UP and value is None)}

    assert named <= CHART_VALUES


def as_number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_the_chart_that_is_installed_knows_every_value() -> None:
    assert SINCE
    assert {name for name, since in SINCE.items() if as_number(since) > as_number(CHART)} == set()


def test_a_secret_of_the_user_s_own_leaves_no_key_in_the_values() -> None:
    merged = flat(load("examples/helm/values.yaml")) | flat(load(BESIDE[0]))
    secret = [key for key in merged if key.startswith(("port.client", "integration.secrets."))]

    # Helm takes away what is null.
    assert load(BESIDE[0])["integration"] == {"secrets": None}
    assert {merged[key] for key in secret if key.startswith("port.")} == {""}
    shown = set(re.findall(r"--from-literal=(\w+)=", text("docs/kubernetes.md")))
    assert shown == {*PORT, f"{CONFIG}STATUSPAGE_API_KEY"}


def test_the_ingress_opens_the_path_of_the_webhooks_alone() -> None:
    ingress = load("examples/helm/ingress.yaml")["ingress"]

    assert ingress["path"] == PATH


def test_a_host_that_nobody_put_in_is_refused(started: Started) -> None:
    base_url = load("examples/helm/ingress.yaml")["liveEvents"]["baseUrl"]

    with pytest.raises(SettingError, match=r"^baseUrl is "):
        started({**PORT, f"{CONFIG}STATUSPAGE_API_KEY": "made-up", "OCEAN__BASE_URL": base_url})
