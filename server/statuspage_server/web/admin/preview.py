"""What a form would do, before anyone is told."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Connection

from statuspage_server.core.incident_plan import IncidentPlan
from statuspage_server.manage.incidents import plan_incident
from statuspage_server.site.markdown import as_html
from statuspage_server.site.states import PHASES, impact_shape, state_view
from statuspage_server.storage.components import known_components
from statuspage_server.web.admin.audience import SILENCE, told
from statuspage_server.web.admin.desk import Desk
from statuspage_server.web.admin.incident_form import IncidentForm, request_of
from statuspage_server.web.admin.incident_target import Target


@dataclass(frozen=True, slots=True)
class Preview:
    """What the form would do."""

    html: Markup | None
    """None where no update is added, such as when only times are changed."""
    status: str
    impact: str
    shape: str
    changes: tuple[str, ...]
    told: str


def preview_of(connection: Connection, desk: Desk, target: Target, form: IncidentForm) -> Preview:
    asked = request_of(
        form,
        target.attached,
        desk.context.zone,
        desk.operator.author,
        planned=target.planned,
    )
    plan = plan_incident(connection, desk.page_id, target.incident_id, asked, desk.now)
    language = desk.frame.language
    audience = language.text(SILENCE)
    if plan.update is not None and plan.update.deliver_notifications:
        audience = told(connection, language, desk.page_id, plan.attached, target.incident_id)
    return Preview(
        as_html(plan.update.body) if plan.update else None,
        PHASES[plan.update.status if plan.update else target.status],
        plan.columns["impact"],
        impact_shape(plan.columns["impact"]),
        tuple(_changes(connection, desk, plan)),
        audience,
    )


def _changes(connection: Connection, desk: Desk, plan: IncidentPlan) -> list[str]:
    known = known_components(connection, desk.page_id)
    return [
        f"{known[id_].name}: {state_view(status, desk.frame.language).word}"
        for id_, status in plan.new_statuses.items()
    ]
