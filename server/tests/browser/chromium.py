"""A real Chromium without a window, from Debian's packages; it can reach this machine only.

Where the packages are missing and the tests may install them (root, with apt), they do; elsewhere
the tests in a browser are skipped with a sentence that says what to install.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

PACKAGES = ("chromium", "chromium-driver")
INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def programs() -> tuple[str, str]:
    """Find the browser and its driver; as root on Debian install them, elsewhere skip."""
    if not _found() and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update"], INSTALL):
            subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=600)
    found = _found()
    if not found:
        # Who is not root cannot be given a browser, and the other tests stand without one.
        pytest.skip(
            "Chromium is not installed: install Debian's packages chromium and chromium-driver to"
            " prove the page in a browser."
        )
    return found


def _found() -> tuple[str, str] | None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def running_chromium(profile: Path) -> Iterator[Chrome]:
    """Start a browser with an empty profile, yield its driver, end both."""
    browser, driver = programs()
    options = ChromeOptions()
    # Both are named, so that selenium looks for neither.
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options=options, service=Service(executable_path=driver))
    try:
        yield chrome
    finally:
        chrome.quit()
