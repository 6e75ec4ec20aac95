"""How texts are written, and what is told where a template has a fault."""

from typing import Any

import pytest
from making import API, CART, alert, decided
from pydantic import ValidationError

from statuspage_bridge.core.decision import SEVERAL, Action, Decision
from statuspage_bridge.core.rules import Policy, Rules
from statuspage_bridge.templates import Templates, Written
from statuspage_bridge.texts import Texts

NAMES = {API: "API", CART: "Cart"}


def written(decision: Decision | None = None, **texts: Any) -> Written:
    opened = decision or decided(alert(severity="critical", labels={"zone": "<b>{{ x }}</b>"}))
    return Templates(Texts(**texts)).write(opened, lambda id_: NAMES[id_])


def changed(**fields: Any) -> Decision:
    given: dict[str, Any] = {"action": Action.UPDATE, "reason": "", "changed": frozenset({CART})}
    told = {API: "partial_outage", CART: "operational"}
    return Decision(**given | {"components": told} | fields)


def test_a_template_has_the_components_and_what_the_worst_alert_says() -> None:
    text = "{{component_name}}, {{ severity }}, {{source}}/{{account}}, {{ status }}, {{ impact }}"

    assert written(body=text).body == "API, critical, pagerduty/hugops, partial_outage, minor"


def test_what_an_alert_says_is_a_text_and_no_template() -> None:
    assert written(body="{{ labels.zone }}").body == "<b>{{ x }}</b>"


def test_an_update_names_what_has_changed() -> None:
    assert written(changed()).body == "The status of Cart has changed."
    assert written(changed(changed=frozenset())).body == "The status of API and Cart has changed."


def test_an_incident_beyond_the_limit_has_a_title_of_its_own_and_names_all() -> None:
    text = written(changed(action=Action.OPEN, group=SEVERAL, changed=frozenset({API, CART})))

    assert text.name == "Several systems are affected"
    assert "API, Cart" in text.body


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{{ componentname }}", "'componentname' is undefined"),
        ("{{ labels.host }}", "has no attribute 'host'"),
        ("{{ 1 / 0 }}", "it ends with ZeroDivisionError"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% for n in range(10000000) %}x{% endfor %}", "OverflowError"),
        ("{{ labels.clear() }}", "unsafe|not safely callable"),
        ("{% if severity == 'x' %}never{% endif %}", "it comes out empty"),
    ],
)
def test_where_a_template_has_a_fault_the_outage_is_told_anyway(body: str, fault: str) -> None:
    text = written(body=body)

    assert text.body.startswith("Our checks see errors in API.")
    (told,) = text.faults
    assert told.startswith("The template default has a fault in `body`: ")
    assert [part for part in fault.split("|") if part in told]


def test_a_fault_in_one_text_leaves_the_others() -> None:
    text = written(name="{{ oops }}", body="We look.")

    assert (text.name, text.body) == ("Errors in API", "We look.")


def test_a_rule_chooses_a_template_and_one_that_is_gone_is_the_usual() -> None:
    templates = Templates(Texts(body="Usual."), {"loud": Texts(body="Loud.")})

    def body(name: str) -> str:
        one = decided(alert(), rules=Rules(usual=Policy(template=name)))
        return templates.write(one, lambda id_: id_).body

    assert (body("loud"), body("gone"), body("")) == ("Loud.", "Usual.", "Usual.")


def test_a_template_has_what_it_lacks_from_the_usual_one() -> None:
    merged = Texts(name="Loud").over(Texts(name="Usual", body="Body"))

    assert (merged.name, merged.body) == ("Loud", "Body")


def test_a_title_is_one_line_that_the_page_takes() -> None:
    name = written(name="Errors\nin {{ 'x' * 400 }}").name

    assert len(name) == 255
    assert "\n" not in name


def test_a_text_is_cut_to_what_the_page_takes() -> None:
    assert len(written(body="{{ 'x' * 30000 }}").body) == 25_000


def test_what_is_no_template_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="it is no template: "):
        Texts(body="{% if %}")
