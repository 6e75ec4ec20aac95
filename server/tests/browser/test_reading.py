"""What a browser makes of the pages: how they fit, what they load, and how they keep fresh."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.reader import NARROWEST, Reader
from tests.browser.site import Site

PATHS = ("{page}", "{page}/incidents/{past}", "{page}/history", "{page}/uptime", "/ember", "/pages")
WIDER = """const width = document.documentElement.clientWidth;
return [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".text table, .text pre, .skip, svg") && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > width + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""
BANNER = """
const script = document.createElement("script");
script.src = "{site}/embed/script.js";
const seen = () => {
  const frame = document.querySelector("iframe");
  if (frame && frame.style.bottom === "60px") done([frame.style.width, frame.style.height]);
};
new MutationObserver(seen).observe(document, { subtree: true, childList: true, attributes: true });
document.head.append(script);
"""
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


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[str]:
    """Another site, of somebody who shows the banner."""
    (tmp_path / "index.html").write_text("<!doctype html><p>A shop</p>", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_banner_appears_on_other_sites_and_is_closed(
    shop: str, reader: Reader, site: Site
) -> None:
    reader.chrome.get(shop)
    port = site.program.port
    size = reader.ask_later(BANNER.replace("{site}", f"http://localhost:{port}{site.page}"))
    assert size == ["320px", "115px"]
    frame = reader.chrome.find_element(By.TAG_NAME, "iframe")
    reader.chrome.switch_to.frame(frame)
    reader.chrome.find_element(By.CLASS_NAME, "embed-close").click()
    reader.chrome.switch_to.default_content()
    WebDriverWait(reader.chrome, 5).until(lambda _: "-9999px" in str(frame.get_attribute("style")))
