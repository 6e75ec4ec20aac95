"""The examples rendered by a real Helm with Port's chart, which is not ours and not kept here.

`make render-examples CHART=FOLDER` runs these tests; without a chart or Helm they are skipped.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from typing import Any

import pytest
import yaml

from subscriptions.endpoint import PATH

from .files import CONFIG, HERE, load

CHART, HELM = os.environ.get("CHART"), shutil.which("helm")
VALUES = "examples/helm/values.yaml"
# As examples/argocd/application.yaml gives them.
ARGOCD = load("examples/argocd/application.yaml")["spec"]["sources"][0]["helm"]["parameters"]

type Json = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not (CHART and HELM),
    reason="Helm and Port's chart are needed: make render-examples CHART=FOLDER",
)


def rendered(*files: str, parameters: tuple[str, ...] = ()) -> list[Json]:
    assert CHART is not None
    assert HELM is not None
    chosen = [part for name in files for part in ("--values", HERE / name)]
    given = [part for one in parameters for part in ("--set", one)]
    ended = subprocess.run(
        [HELM, "template", "statuspage", CHART, *chosen, *given],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = [one for one in yaml.safe_load_all(ended.stdout) if one]
    # What Kubernetes itself asks of every object.
    assert all(one["apiVersion"] and one["metadata"]["name"] for one in found)
    names = [(one["kind"], one["metadata"]["name"]) for one in found]
    assert len(names) == len(set(names))
    return found


def kinds(objects: list[Json]) -> Counter[str]:
    return Counter(one["kind"] for one in objects)


def pods(objects: list[Json]) -> list[Json]:
    """The pods that keep running or start again by the clock."""
    found = [one["spec"] for one in objects if one["kind"] in {"Deployment", "CronJob"}]
    return [(one.get("jobTemplate", {}).get("spec") or one)["template"]["spec"] for one in found]


def secrets_read(pod: Json) -> set[str]:
    sources = [source for one in pod["containers"] for source in one.get("envFrom", [])]
    return {one["secretRef"]["name"] for one in sources if "secretRef" in one}


@pytest.mark.parametrize("argocd", [False, True], ids=["helm", "argocd"])
def test_the_values_make_one_pod_with_the_image_and_the_keys_from_a_secret(*, argocd: bool) -> None:
    given = tuple(f"{one['name']}={one['value']}" for one in ARGOCD) if argocd else ()
    objects = rendered("examples/argocd/values.yaml" if argocd else VALUES, parameters=given)

    [pod] = pods(objects)
    [secret] = [one for one in objects if one["kind"] == "Secret"]
    assert re.search(r"/port-ocean-statuspage:", pod["containers"][0]["image"])
    assert secrets_read(pod) == {secret["metadata"]["name"]}
    held = {*secret.get("data", {}), *secret.get("stringData", {})}
    assert {f"{CONFIG}STATUSPAGE_API_KEY", "OCEAN__PORT__CLIENT_SECRET"} <= held


def test_a_secret_of_the_user_s_own_is_read_and_none_is_made() -> None:
    objects = rendered(VALUES, "examples/helm/existing-secret.yaml")

    [pod] = pods(objects)
    assert kinds(objects)["Secret"] == 0
    assert secrets_read(pod) == {"statuspage-keys"}


def test_the_ingress_leads_the_path_of_the_webhooks_to_the_service() -> None:
    objects = rendered(VALUES, "examples/helm/ingress.yaml")

    [ingress] = [one["spec"] for one in objects if one["kind"] == "Ingress"]
    [rule] = ingress["rules"]
    [path] = rule["http"]["paths"]
    [service] = [one["metadata"]["name"] for one in objects if one["kind"] == "Service"]
    assert path["path"] == PATH
    assert path["backend"]["service"]["name"] == service


def test_the_split_makes_four_workloads_that_share_the_keys() -> None:
    objects = rendered(VALUES, "examples/helm/split.yaml")

    assert kinds(objects)["Deployment"] == 3
    assert kinds(objects)["CronJob"] == 1
    [secret] = [one for one in objects if one["kind"] == "Secret"]
    assert all(secret["metadata"]["name"] in secrets_read(pod) for pod in pods(objects))
    assert f"{CONFIG}REDIS_URL" in {*secret.get("data", {}), *secret.get("stringData", {})}


def test_the_cron_job_starts_by_its_schedule_and_never_twice() -> None:
    objects = rendered(VALUES, "examples/helm/cronjob.yaml")

    [job] = [one["spec"] for one in objects if one["kind"] == "CronJob"]
    assert kinds(objects)["Deployment"] == 0
    assert job["schedule"] == load("examples/helm/cronjob.yaml")["scheduledResyncInterval"]
    assert job["concurrencyPolicy"] == "Forbid"
