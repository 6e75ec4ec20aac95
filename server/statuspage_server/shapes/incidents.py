"""An incident or maintenance: seconds at the top in the manage API, milliseconds elsewhere."""

from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import milliseconds, whole_seconds
from statuspage_server.shapes.components import (
    manage_component,
    notified_component,
    public_component,
)
from statuspage_server.storage.incidents import FullIncident


def shape_update(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "incident_id": row.incident_id,
        "affected_components": row.affected_components,
        "body": row.body,
        "created_at": milliseconds(row.created_at),
        "custom_tweet": row.custom_tweet,
        "deliver_notifications": row.deliver_notifications,
        "display_at": milliseconds(row.display_at),
        "status": row.status,
        "tweet_id": row.tweet_id,
        "twitter_updated_at": None,
        "updated_at": milliseconds(row.updated_at),
        "wants_twitter_update": row.wants_twitter_update,
    }


def shortlink(public_url: str, row: Row[Any]) -> str:
    return f"{public_url}/pages/{row.page_id}/incidents/{row.id}"


def manage_incident(incident: FullIncident, public_url: str) -> dict[str, Any]:
    row = incident.row
    return {
        "id": row.id,
        "components": [manage_component(component) for component in incident.components],
        "created_at": whole_seconds(row.created_at),
        "impact": row.impact,
        "impact_override": row.impact_override,
        "incident_updates": [shape_update(update) for update in incident.updates],
        "incident_impacts": [],
        "metadata": row.metadata,
        "monitoring_at": whole_seconds(row.monitoring_at),
        "name": row.name,
        "page_id": row.page_id,
        **_postmortem(row, whole_seconds(row.postmortem_published_at)),
        "resolved_at": whole_seconds(row.resolved_at),
        "scheduled_auto_completed": row.scheduled_auto_completed,
        "scheduled_auto_in_progress": row.scheduled_auto_in_progress,
        "scheduled_for": whole_seconds(row.scheduled_for),
        "auto_transition_deliver_notifications_at_end": (
            row.auto_transition_deliver_notifications_at_end
        ),
        "auto_transition_deliver_notifications_at_start": (
            row.auto_transition_deliver_notifications_at_start
        ),
        "auto_transition_to_maintenance_state": row.auto_transition_to_maintenance_state,
        "auto_transition_to_operational_state": row.auto_transition_to_operational_state,
        "scheduled_remind_prior": row.scheduled_remind_prior,
        "scheduled_reminded_at": whole_seconds(row.scheduled_reminded_at),
        "scheduled_until": whole_seconds(row.scheduled_until),
        "shortlink": shortlink(public_url, row),
        "status": row.status,
        "updated_at": whole_seconds(row.updated_at),
        "reminder_intervals": row.reminder_intervals,
    }


def _postmortem(row: Row[Any], published_at: str | None) -> dict[str, Any]:
    published = row.postmortem_published_at is not None
    return {
        "postmortem_body": row.postmortem_body,
        "postmortem_body_last_updated_at": whole_seconds(row.postmortem_body_updated_at),
        "postmortem_ignored": False,
        "postmortem_notified_subscribers": published and row.postmortem_notify_subscribers,
        "postmortem_notified_twitter": published and row.postmortem_notify_twitter,
        "postmortem_published_at": published_at,
    }


def notified_incident(incident: FullIncident, public_url: str) -> dict[str, Any]:
    """In notifications: the manage API's keys without automation, with `started_at`."""
    row = incident.row
    return {
        "backfilled": row.backfilled,
        "created_at": milliseconds(row.created_at),
        "impact": row.impact,
        "impact_override": row.impact_override,
        "metadata": row.metadata,
        "monitoring_at": milliseconds(row.monitoring_at),
        **_postmortem(row, milliseconds(row.postmortem_published_at)),
        "resolved_at": milliseconds(row.resolved_at),
        "scheduled_auto_completed": row.scheduled_auto_completed,
        "scheduled_auto_in_progress": row.scheduled_auto_in_progress,
        "scheduled_for": milliseconds(row.scheduled_for),
        "scheduled_remind_prior": row.scheduled_remind_prior,
        "scheduled_reminded_at": milliseconds(row.scheduled_reminded_at),
        "scheduled_until": milliseconds(row.scheduled_until),
        "shortlink": shortlink(public_url, row),
        "started_at": milliseconds(row.started_at),
        "status": row.status,
        "updated_at": milliseconds(row.updated_at),
        "id": row.id,
        "page_id": row.page_id,
        "incident_updates": [shape_update(update) for update in incident.updates],
        "components": [notified_component(component) for component in incident.components],
        "name": row.name,
    }


def public_incident(incident: FullIncident, public_url: str) -> dict[str, Any]:
    row = incident.row
    shape = {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "created_at": milliseconds(row.created_at),
        "updated_at": milliseconds(row.updated_at),
        "monitoring_at": milliseconds(row.monitoring_at),
        "resolved_at": milliseconds(row.resolved_at),
        "impact": row.impact,
        "shortlink": shortlink(public_url, row),
        "started_at": milliseconds(row.started_at),
        "page_id": row.page_id,
        "incident_updates": [_public_update(update) for update in incident.updates],
        "components": [public_component(component) for component in incident.components],
        "reminder_intervals": row.reminder_intervals,
    }
    if row.scheduled:
        shape["scheduled_for"] = milliseconds(row.scheduled_for)
        shape["scheduled_until"] = milliseconds(row.scheduled_until)
    return shape


def _public_update(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "body": row.body,
        "incident_id": row.incident_id,
        "created_at": milliseconds(row.created_at),
        "updated_at": milliseconds(row.updated_at),
        "display_at": milliseconds(row.display_at),
        "affected_components": row.affected_components,
        "deliver_notifications": row.deliver_notifications,
        "custom_tweet": row.custom_tweet,
        "tweet_id": row.tweet_id,
    }


def manage_postmortem(row: Row[Any]) -> dict[str, Any]:
    return {
        "preview_key": row.id,
        "body": row.postmortem_body,
        "body_updated_at": whole_seconds(row.postmortem_body_updated_at),
        "body_draft": row.postmortem_draft,
        "body_draft_updated_at": whole_seconds(row.postmortem_draft_updated_at),
        "published_at": whole_seconds(row.postmortem_published_at),
        "notify_subscribers": row.postmortem_notify_subscribers,
        "notify_twitter": row.postmortem_notify_twitter,
        "custom_tweet": row.postmortem_custom_tweet,
        "created_at": whole_seconds(row.postmortem_created_at),
        "updated_at": whole_seconds(row.postmortem_draft_updated_at),
    }
