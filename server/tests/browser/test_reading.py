"""What a browser makes of the pages: how they fit, what they load, and how they keep fresh."""

import pytest
from selenium.webdriver.common.by import By

from tests.browser.reader import NARROWEST, Reader
from tests.browser.site import Site

PATHS = ("{page}", "{page}/incidents/{past}", "{page}/history", "{page}/uptime", "/ember", "/pages")
WIDER = """const width = document.documentElement.clientWidth;
return [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".text table, .text pre, .skip, svg") && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > width + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""
LOADED = """return performance.getEntriesByType("resource")
  .map((one) => [new URL(one.name).pathname, one.renderBlockingStatus])"""


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_the_narrowest_phone(path: str, reader: Reader, site: Site) -> None:
    reader.appear(NARROWEST)
    reader.open(path.format(page=site.page, past=site.past))
    reader.ask("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert reader.ask(WIDER) == []
    assert reader.complaints() == []


def test_the_first_paint_waits_for_the_stylesheet_alone(reader: Reader, site: Site) -> None:
    reader.open(site.page)
    blocking = [path for path, status in reader.ask(LOADED) if status == "blocking"]
    assert blocking == [f"{site.page}/style.css"]


def test_nothing_is_loaded_from_another_host(reader: Reader, site: Site) -> None:
    reader.open("/ember")
    hosts = reader.ask(
        "return performance.getEntriesByType('resource').map((one) => new URL(one.name).origin)"
    )
    assert set(hosts) == {site.url}


def test_times_are_the_visitors_and_the_pages_is_kept(reader: Reader, site: Site) -> None:
    reader.appear(zone="Asia/Tokyo")
    reader.open(f"{site.page}/incidents/{site.past}")
    first = reader.chrome.find_element(By.TAG_NAME, "time")
    assert first.text.endswith("GMT+9")
    assert (first.get_attribute("title") or "").endswith("UTC")
    assert "your time zone, Asia/Tokyo" in reader.chrome.find_element(By.CLASS_NAME, "zone").text


def test_it_renews_itself_and_what_is_open_stays_open(reader: Reader, site: Site) -> None:
    reader.open(site.page)
    reader.ask("document.querySelector('details.group:not([open]) summary').click()")
    opened = reader.ask("return document.querySelectorAll('details[open]').length")
    made = site.incident(name="Something new", body="Just now.")
    assert "Something new" not in reader.chrome.page_source
    reader.ask_later("refresh().then(done)")
    assert "Something new" in reader.chrome.page_source
    assert reader.ask("return document.querySelectorAll('details[open]').length") == opened
    site.ask("DELETE", f"incidents/{made}")


def test_without_scripts_everything_is_there(reader: Reader, site: Site) -> None:
    reader.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.open(site.page)
        names = [one.text for one in reader.chrome.find_elements(By.CLASS_NAME, "actual-title")]
        assert names == ["Checkout fails", "Moving", "Database upgrade"]
        summary = reader.chrome.find_element(By.CSS_SELECTOR, "details.events summary")
        summary.click()
        assert reader.chrome.find_element(By.CSS_SELECTOR, "details.events[open] li").text
    finally:
        reader.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_password_opens_the_page(reader: Reader, site: Site) -> None:
    reader.open("/private")
    field = reader.chrome.find_element(By.ID, "password")
    field.send_keys("open sesame")
    field.submit()
    assert reader.chrome.find_element(By.CLASS_NAME, "page-status").text


def test_the_banner_appears_on_other_sites_while_something_is_open(
    reader: Reader, site: Site
) -> None:
    reader.open("/pages")
    reader.ask(
        "const script = document.createElement('script'); script.src = arguments[0];"
        "document.head.append(script);"
        "addEventListener('message', (event) => { window.told = event.data.action })",
        f"{site.page}/embed/script.js",
    )
    # Framed by the same server, whose own policy forbids frames: the banner is asked by itself.
    reader.open(f"{site.page}/embed/frame")
    assert reader.ask("return document.body.dataset.shown") == "yes"
