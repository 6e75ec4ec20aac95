"""What a new page has before anyone changed anything: the vendor's keys with its defaults."""

from typing import Any

_LOGO = {"updated_at": None, "original_url": "", "size": None, "normal_url": "", "retina_url": ""}
_SMALL_LOGO = {"updated_at": None, "size": None, "url": ""}


def default_page_settings(name: str) -> dict[str, Any]:
    """In the vendor's order, which is the order the manage API shows them in."""
    return {
        "page_description": None,
        "headline": None,
        "branding": "basic",
        "subdomain": None,
        "domain": None,
        "url": None,
        "support_url": None,
        "hidden_from_search": False,
        "allow_page_subscribers": True,
        "allow_incident_subscribers": True,
        "allow_email_subscribers": True,
        "allow_sms_subscribers": True,
        "allow_rss_atom_feeds": True,
        "allow_webhook_subscribers": True,
        "notifications_from_email": None,
        "notifications_email_footer": f"You asked to hear about the state of {name}.",
        "activity_score": 0,
        "twitter_username": None,
        "viewers_must_be_team_members": False,
        "ip_restrictions": None,
        "city": None,
        "state": None,
        "country": None,
        "time_zone": "Etc/UTC",
        "css_body_background_color": "ffffff",
        "css_font_color": "333333",
        "css_light_font_color": "757575",
        "css_greens": "1e8542",
        "css_yellows": "f1c40f",
        "css_oranges": "b35e14",
        "css_blues": "207ab6",
        "css_reds": "de2f1b",
        "css_border_color": "E0E0E0",
        "css_graph_color": "3498db",
        "css_link_color": "207ab6",
        "css_no_data": "b3bac5",
        "favicon_logo": dict(_SMALL_LOGO),
        "transactional_logo": dict(_LOGO),
        "hero_cover": dict(_LOGO),
        "email_logo": dict(_LOGO),
        "twitter_logo": dict(_SMALL_LOGO),
    }
