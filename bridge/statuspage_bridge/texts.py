"""What everybody reads: the texts of incidents, as templates."""

from typing import Annotated, Literal

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

# Labels of alerts come from outside: a template with one in it reaches nothing but texts. What a
# template asks for and does not get is a fault, so that nobody reads a sentence with a hole.
JINJA = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    # The page escapes what it shows: these are texts, no HTML.
    autoescape=False,
)

FIELDS = ("name", "body", "changed", "resolved", "several_name", "several_body")


def _checked(text: str) -> str:
    try:
        JINJA.from_string(text)
    except TemplateSyntaxError as error:
        raise ValueError(f"it is no template: {error.message}") from error
    return text


type Template = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_checked)
]
type ComponentStatus = Literal[
    "operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"
]


class Texts(BaseModel):
    """The texts of an incident, from its beginning to its end.

    The first four of the incident template of Pagerstatus: `name`, `body` and both statuses.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Template = "Errors in {{component_name}}"
    body: Template = (
        "Our checks see errors in {{component_name}}. The engineers on call are looking into it."
    )
    incident_status: Literal["investigating", "identified", "monitoring"] = "investigating"
    # Of an alert that says none.
    component_status: ComponentStatus = "partial_outage"
    changed: Template = "The status of {{component_name}} has changed."
    resolved: Template = "Our checks see no more errors in {{component_name}}."
    # Of the incident that tells of all that the hourly limit keeps from incidents of their own.
    several_name: Template = "Several systems are affected"
    several_body: Template = (
        "Our checks see errors in several systems: {{component_names | join(', ')}}. "
        "The engineers on call are looking into it."
    )

    def over(self, others: "Texts") -> "Texts":
        """Return these texts, with the others' where these were not given."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return others.model_copy(update=given)
