"""What every page has around its content: who it belongs to, its links, its language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from markupsafe import Markup
from sqlalchemy import Row

from statuspage_server.config.appearance import Appearance, Link, in_language
from statuspage_server.config.model import PageConfig
from statuspage_server.core.time_zones import zone_of
from statuspage_server.heartbeats.monitors import MonitoredPage
from statuspage_server.languages import LANGUAGES, Language, language_of, wished
from statuspage_server.runtime import Runtime
from statuspage_server.site.context import Context
from statuspage_server.site.markdown import as_html
from statuspage_server.web.site.addresses import BASE
from statuspage_server.web.site.assets import SCRIPT, style_address

LOCALE_COOKIE = "locale"
REFRESH_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for which page, from what the request says alone."""

    page_id: str
    base: str
    language: str
    site_url: str
    """The page's own address, absolute and without a slash at its end."""


@dataclass(frozen=True, slots=True)
class Frame:
    title: str
    base: str
    url: str
    language: Language
    zone: str
    header: Markup | None
    logo: str | None
    logo_link: str
    footer: tuple[Link, ...]
    support_url: str | None
    stylesheet: str
    script: str
    refresh_seconds: int
    has_feeds: bool
    takes_followers: bool
    takes_reports: bool
    hidden_from_search: bool

    @property
    def languages(self) -> Mapping[str, str]:
        return LANGUAGES


def visit_of(page_id: str, request: Request, runtime: Runtime) -> Visit:
    monitored = runtime.monitors.page(page_id)
    base = request.scope.get(BASE, f"/pages/{page_id}")
    return Visit(page_id, base, locale_of(request, monitored), site_url(page_id, base, runtime))


def locale_of(request: Request, monitored: MonitoredPage | None) -> str:
    """By the address, else as chosen before, else as the browser wishes, else the page's own."""
    for chosen in (request.query_params.get("locale"), request.cookies.get(LOCALE_COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    own = monitored.config.language if monitored else "en"
    return wished(request.headers.get("accept-language", ""), tuple(LANGUAGES)) or own


def site_url(page_id: str, base: str, runtime: Runtime) -> str:
    monitored = runtime.monitors.page(page_id)
    domain = monitored.config.domain if monitored else None
    if domain and not base:
        scheme = runtime.public_url.partition(":")[0]
        return f"{scheme}://{domain}"
    return f"{runtime.public_url}{base}"


def config_of(page_id: str, runtime: Runtime) -> PageConfig | None:
    monitored = runtime.monitors.page(page_id)
    return monitored.config if monitored else None


def language_for(visit: Visit, config: PageConfig | None) -> Language:
    own = config.appearance.texts.get(visit.language) if config else None
    return Language(visit.language, own) if own else language_of(visit.language)


def frame_for(page: Row[Any], config: PageConfig | None, visit: Visit) -> Frame:
    return _frame(page.name, page.settings, config, visit)


def frame_of_server(request: Request, runtime: Runtime) -> Frame:
    """For what belongs to no page: it looks like the default one, where everyone may see that."""
    page_id = runtime.monitors.default_page_id or ""
    config = config_of(page_id, runtime)
    config = None if config is None or config.password else config
    visit = Visit(page_id, "", locale_of(request, runtime.monitors.page(page_id)), "")
    return _frame(config.title if config else "Status", {}, config, visit)


def _frame(
    title: str, settings: Mapping[str, Any], config: PageConfig | None, visit: Visit
) -> Frame:
    look = config.appearance if config else Appearance()
    header = in_language(look.header, visit.language)
    return Frame(
        title=title,
        base=visit.base,
        url=visit.site_url,
        language=language_for(visit, config),
        zone=zone_of(settings.get("time_zone")).key,
        header=as_html(header, 2) if header else None,
        logo=f"{visit.base}/logo" if look.logo else None,
        logo_link=look.logo_link or f"{visit.base}/",
        footer=look.footer,
        support_url=settings.get("support_url"),
        stylesheet=style_address(visit.base, look),
        script=SCRIPT.address,
        refresh_seconds=config.refresh_interval if config else REFRESH_SECONDS,
        takes_followers=bool(settings) and settings.get("allow_page_subscribers") is not False,
        takes_reports=bool(settings) and config is not None and config.problem_reports,
        has_feeds=settings.get("allow_rss_atom_feeds") is not False,
        hidden_from_search=bool(settings.get("hidden_from_search")),
    )


def context_for(frame: Frame, now: int) -> Context:
    return Context(frame.language, zone_of(frame.zone), now, frame.base)
