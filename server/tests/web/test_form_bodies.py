"""Forms in every way that clients send them, and fields that say nothing."""

import json
from typing import Any

import pytest

from statuspage_server.errors import BadRequest
from statuspage_server.web.bodies import read_body
from statuspage_server.web.form_bodies import MULTIPART, URLENCODED
from tests.manage import Manage

BOUNDED = f'{MULTIPART}; boundary="Ab-1"'


def multipart(*fields: tuple[str, str]) -> bytes:
    parts = (
        f'--Ab-1\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields
    )
    return ("".join(parts) + "--Ab-1--\r\n").encode()


def read(content: bytes, kind: str = URLENCODED) -> Any:
    return json.loads(read_body(content, kind))


async def send(manage: Manage, path: str, **form: Any) -> Any:
    answer = await manage.server.client.post(
        f"/v1/pages/{manage.page_id}/{path}", headers={"Authorization": manage.key}, **form
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize("keys", [("[]", "[]"), ("[0]", "[1]"), ("[1]", "[0]")])
def test_a_list_may_be_numbered(keys: tuple[str, str]) -> None:
    first, second = keys
    content = (
        f"incident[name]=a+b&incident[component_ids]{first}=1&incident[component_ids]{second}=2"
    )
    found = read(content.encode())
    assert sorted(found["incident"]["component_ids"]) == ["1", "2"]
    assert found["incident"]["name"] == "a b"


def test_what_is_not_numbered_from_0_is_no_list() -> None:
    assert read(b"a[1]=x&a[2]=y") == {"a": {"1": "x", "2": "y"}}
    assert read(b"a[0]=x&a[b]=y") == {"a": {"0": "x", "b": "y"}}


def test_a_multipart_form_says_what_the_other_says() -> None:
    content = multipart(("incident[name]", "Größe\r\n--x"), ("incident[component_ids][0]", "1"))
    assert read(content, BOUNDED) == {"incident": {"name": "Größe\r\n--x", "component_ids": ["1"]}}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"incident[name=x", URLENCODED),
        (b"a[]=1&a[b]=2", URLENCODED),
        (b"a[b]=2&a[]=1", URLENCODED),
        (b"a=%ff", URLENCODED),
        (b"a" + b"[b]" * 100 + b"=1", URLENCODED),
        (b"--Ab-1\r\n", BOUNDED),
        (b"x", BOUNDED),
        (multipart(("a", "b")), MULTIPART),
        (multipart(("a", "b")).replace(b'name="a"', b""), BOUNDED),
        (multipart(("a", "b")).replace(b"b\r\n--", b"\xff\r\n--"), BOUNDED),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(BadRequest):
        read_body(content, kind)


async def test_each_kind_of_form_opens_an_incident(manage: Manage) -> None:
    one = await manage.component("One")
    fields = {"incident[name]": "Über Form", f"incident[components][{one}]": "partial_outage"}
    urlencoded = await send(manage, "incidents", data=fields)
    files = {name: (None, text) for name, text in fields.items()}
    multiparted = await send(manage, "incidents", files=files)
    assert urlencoded["name"] == multiparted["name"] == "Über Form"
    assert urlencoded["impact"] == multiparted["impact"] == "minor"
    numbered = {"incident[name]": "x", "incident[components][0]": one}
    (component,) = (await send(manage, "incidents", data=numbered))["components"]
    assert component["id"] == one


async def test_an_empty_field_says_nothing(manage: Manage) -> None:
    made = await manage.component("One", start_date="")
    assert (await manage.get(f"components/{made}"))["start_date"] == "2026-03-04"
    incident = await manage.incident(scheduled_for="", scheduled_until=" ", backfill_date="")
    assert (incident["scheduled_for"], incident["status"]) == (None, "investigating")
    assert await manage.get("incidents", limit="", page="") == [incident]
    assert len(await manage.get("components", page="", per_page="")) == 1
    assert await manage.get("subscribers", limit="", page="") == []


async def test_a_time_may_be_written_as_ruby_does(manage: Manage) -> None:
    made = await manage.incident(
        scheduled_for="2027-05-01 10:00:00 UTC", scheduled_until="2027-05-01 14:00:00 +0200"
    )
    assert made["scheduled_for"] == "2027-05-01T10:00:00Z"
    assert made["scheduled_until"] == "2027-05-01T12:00:00Z"
