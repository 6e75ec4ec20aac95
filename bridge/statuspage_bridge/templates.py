"""Writes the texts of a decision, whatever faults their templates have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateError

from .core.alert import Alert
from .core.decision import SEVERAL, Action, Decision
from .texts import JINJA, Texts

# What the page takes.
LONGEST_NAME = 255
LONGEST_BODY = 25_000

NO_ALERT = {"source": "", "account": "", "title": "", "severity": "", "priority": "", "labels": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What everybody is told. An incident that goes on keeps its name and status."""

    body: str
    name: str = ""
    status: str = ""
    # What was wrong with the templates: the default text stands instead.
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """The texts, and those that rules ask for by name."""

    usual: Texts = field(default_factory=Texts)
    named: Mapping[str, Texts] = field(default_factory=dict)

    def write(self, decision: Decision, name_of: Callable[[str], str]) -> Written:
        """Return what is told of a decision."""
        texts = self.named.get(decision.template, self.usual)
        faults: list[str] = []
        values = _values(decision, name_of)

        def filled(name: str) -> str:
            text, fault = _filled(texts, name, values)
            if fault:
                which = f"The template {decision.template or 'default'}"
                faults.append(f"{which} has a fault in `{name}`: {fault}. The usual text stands.")
            return text

        match decision.action:
            case Action.OPEN:
                several = "several_" if decision.group == SEVERAL else ""
                name = " ".join(filled(f"{several}name").split())[:LONGEST_NAME].strip()
                body = filled(f"{several}body")
                status = decision.incident_status or texts.incident_status
            case Action.UPDATE:
                name, body, status = "", filled("changed"), ""
            case _:
                name, body, status = "", filled("resolved"), ""
        return Written(
            name=name, body=body[:LONGEST_BODY].strip(), status=status, faults=tuple(faults)
        )


def _filled(texts: Texts, name: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return a text, and what is wrong with its template: then it is the one of no operator."""
    try:
        text = JINJA.from_string(getattr(texts, name)).render(values).strip()
        fault = "" if text else "it comes out empty"
    except TemplateError as error:
        text, fault = "", str(error.message)
    except Exception as error:  # noqa: BLE001 (a template can raise anything; its texts are internal)
        text, fault = "", f"it ends with {type(error).__name__}"
    return text or JINJA.from_string(getattr(Texts(), name)).render(values), fault


def _values(decision: Decision, name_of: Callable[[str], str]) -> dict[str, Any]:
    about = sorted(decision.changed or decision.components)
    names = [name_of(component) for component in about]
    alerts = [_alert(alert) for alert in decision.causes]
    return {
        **(alerts[0] if alerts else NO_ALERT),
        "component_name": _listed(names),
        "component_names": names,
        "components": [
            {"id": id_, "name": name_of(id_), "status": status}
            for id_, status in sorted(decision.components.items())
        ],
        "status": decision.status,
        "impact": decision.impact,
        "alerts": alerts,
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "source": alert.account.source,
        "account": alert.account.name,
        "title": alert.title,
        "severity": alert.severity,
        "priority": alert.priority,
        "labels": dict(alert.labels),
    }


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
