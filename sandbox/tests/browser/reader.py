"""Someone who looks at the page in a browser."""

from collections.abc import Callable
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

# After a refresh that took long, on a busy machine, a page waits 20 times as long for its next one.
PATIENCE = 60
# Read at once: what WebDriver reads element by element may change in between.
TEXTS = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())"
# Is forgotten when the page is loaded again.
STAY = "window.here = true"


class Reader:
    """Opens pages, reads, types, clicks, and waits for what it expects."""

    def __init__(self, chrome: Chrome, address: str) -> None:
        self.chrome = chrome
        self.address = address

    def open(self, path: str) -> None:
        self.chrome.get(self.address + path)
        self.run(STAY)

    @property
    def has_stayed(self) -> bool:
        return bool(self.run("return window.here === true"))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.chrome.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def count(self, selector: str) -> int:
        return len(self.chrome.find_elements(By.CSS_SELECTOR, selector))

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.run(TEXTS, selector)
        return found

    def text(self, selector: str = "main") -> str:
        """Return what can be read in the first element, or nothing where there is none."""
        return next(iter(self.texts(selector)), "")

    def follow(self, name: str) -> None:
        self.chrome.find_element(By.LINK_TEXT, name).click()

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        self.chrome.switch_to.active_element.send_keys(*keys)

    def tab(self) -> WebElement:
        """Go on to what the tab key reaches next."""
        self.press(Keys.TAB)
        return self.chrome.switch_to.active_element

    def wait(self, condition: Callable[[], object]) -> None:
        WebDriverWait(self.chrome, PATIENCE, poll_frequency=0.05).until(lambda _: condition())

    def wait_for(self, text: str, selector: str = "main") -> None:
        self.wait(lambda: text in self.text(selector))

    def look(self, width: int = 1280, height: int = 900, *, dark: bool = False) -> None:
        """Look through a window of this size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def complaints(self) -> list[str]:
        """Return what the browser wrote to its console since the last time."""
        lines = self.chrome.execute("getLog", {"type": "browser"})["value"]
        return [str(one["message"]) for one in lines]
