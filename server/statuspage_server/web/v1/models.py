"""What the manage API takes, wrapped by the resource's name."""

from typing import Annotated, Any, Literal

from pydantic import Field

from statuspage_server.web.v1.body_types import (
    Body,
    Channel,
    Day,
    Id,
    Ids,
    Impact,
    IncidentStatus,
    LongText,
    Name,
    Number,
    Reminders,
    Short,
    Status,
    SubscriberState,
    Timestamp,
    TimeZone,
    UnixTime,
)


class ComponentFields(Body):
    name: Name | None = None
    description: LongText | None = None
    status: Status | None = None
    only_show_if_degraded: bool | None = None
    group_id: Id | None = None
    showcase: bool | None = None
    start_date: Day | None = None


class ComponentBody(Body):
    component: ComponentFields


class GroupFields(Body):
    name: Name | None = None
    components: Ids | None = None
    description: LongText | None = None


class GroupBody(Body):
    component_group: GroupFields
    # The vendor takes it here, beside the wrapper; inside it is understood as well.
    description: LongText | None = None


class IncidentFields(Body):
    name: Name | None = None
    status: IncidentStatus | Literal[""] | None = None
    impact_override: Impact | Literal[""] | None = None
    scheduled_for: Timestamp | None = None
    scheduled_until: Timestamp | None = None
    scheduled_remind_prior: bool | None = None
    auto_transition_to_maintenance_state: bool | None = None
    auto_transition_to_operational_state: bool | None = None
    scheduled_auto_in_progress: bool | None = None
    scheduled_auto_completed: bool | None = None
    scheduled_auto_transition: bool | None = None
    auto_transition_deliver_notifications_at_start: bool | None = None
    auto_transition_deliver_notifications_at_end: bool | None = None
    reminder_intervals: Reminders | None = None
    metadata: dict[str, dict[str, Any]] | None = None
    deliver_notifications: bool | None = True
    auto_tweet_at_beginning: bool | None = None
    auto_tweet_on_completion: bool | None = None
    auto_tweet_on_creation: bool | None = None
    auto_tweet_one_hour_before: bool | None = None
    wants_twitter_update: bool | None = None
    backfill_date: Timestamp | None = None
    backfilled: bool | None = None
    body: LongText | None = None
    components: dict[Id, Status | None] | Ids | None = None
    component_ids: Ids | None = None


class IncidentBody(Body):
    incident: IncidentFields


class UpdateFields(Body):
    wants_twitter_update: bool | None = None
    body: LongText | None = None
    display_at: Timestamp | None = None
    deliver_notifications: bool | None = None


class UpdateBody(Body):
    incident_update: UpdateFields


class DraftFields(Body):
    body_draft: LongText = ""


class DraftBody(Body):
    postmortem: DraftFields


class PublishFields(Body):
    notify_twitter: bool | None = None
    notify_subscribers: bool | None = None
    custom_tweet: Short | None = None


class PublishBody(Body):
    postmortem: PublishFields = PublishFields()


class TemplateFields(Body):
    name: Name = ""
    title: Name = ""
    body: LongText = ""
    group_id: Id | None = None
    update_status: IncidentStatus | None = None
    should_tweet: bool | None = None
    should_send_notifications: bool | None = None
    component_ids: Ids | None = None


class TemplateBody(Body):
    template: TemplateFields


class PageFields(Body):
    name: Name | None = None
    domain: Short | None = None
    subdomain: Short | None = None
    url: Short | None = None
    branding: Literal["basic", "premium"] | None = None
    css_body_background_color: Short | None = None
    css_font_color: Short | None = None
    css_light_font_color: Short | None = None
    css_greens: Short | None = None
    css_yellows: Short | None = None
    css_oranges: Short | None = None
    css_reds: Short | None = None
    css_blues: Short | None = None
    css_border_color: Short | None = None
    css_graph_color: Short | None = None
    css_link_color: Short | None = None
    css_no_data: Short | None = None
    hidden_from_search: bool | None = None
    viewers_must_be_team_members: bool | None = None
    allow_page_subscribers: bool | None = None
    allow_incident_subscribers: bool | None = None
    allow_email_subscribers: bool | None = None
    allow_sms_subscribers: bool | None = None
    allow_rss_atom_feeds: bool | None = None
    allow_webhook_subscribers: bool | None = None
    notifications_from_email: Short | None = None
    time_zone: TimeZone | None = None
    notifications_email_footer: LongText | None = None


class PageBody(Body):
    page: PageFields


class SubscriberFields(Body):
    email: Short | None = None
    endpoint: Annotated[str, Field(max_length=2048)] | None = None
    phone_country: Short | None = None
    phone_number: Short | None = None
    skip_confirmation_notification: bool | None = None
    page_access_user: Id | None = None
    component_ids: Ids | None = None


class SubscriberBody(Body):
    subscriber: SubscriberFields


class SubscriberChangeBody(Body):
    """The vendor takes it bare; wrapped it is understood as well."""

    component_ids: Ids | None = None
    subscriber: SubscriberFields | None = None


class SubscriberListBody(Body):
    subscribers: Literal["all"] | Annotated[list[Id], Field(max_length=100)]
    type: Channel | None = None
    state: SubscriberState = "active"
    skip_unsubscription_notification: bool | None = None


class PointFields(Body):
    timestamp: UnixTime
    value: Number


class PointBody(Body):
    data: PointFields


class PointsBody(Body):
    data: dict[Id, Annotated[list[PointFields], Field(max_length=3000)]]


class MetricFields(Body):
    name: Name | None = None
    metric_identifier: Short | None = None
    suffix: Short | None = None
    y_axis_min: Number | None = None
    y_axis_max: Number | None = None
    y_axis_hidden: bool | None = None
    display: bool | None = None
    decimal_places: Annotated[int, Field(ge=0, le=20)] | None = None
    tooltip_description: Short | None = None


class MetricBody(Body):
    metric: MetricFields


class ProviderFields(Body):
    type: Short | None = None
    metric_base_uri: Short | None = None


class ProviderBody(Body):
    metrics_provider: ProviderFields
