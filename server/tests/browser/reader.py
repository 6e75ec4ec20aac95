"""Somebody who looks at pages: with a window of some size, by day or by night, in some zone."""

from typing import Any

from selenium.webdriver import Chrome

from statuspage_server.web.admin.session import COOKIE

DESK, PHONE, NARROWEST = 1280, 390, 320


class Reader:
    def __init__(self, chrome: Chrome, address: str) -> None:
        self.chrome = chrome
        self.address = address

    def appear(self, width: int = DESK, scheme: str = "light", zone: str = "UTC") -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width <= PHONE}
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        media = {"features": [{"name": name, "value": wish} for name, wish in wishes.items()]}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        self.chrome.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": zone})

    def open(self, path: str) -> None:
        self.chrome.get(self.address + path)

    def sign_in(self, session: str) -> None:
        self.open("/admin/sign-in")
        self.chrome.add_cookie({"name": COOKIE, "value": session, "path": "/admin"})

    def ask(self, script: str, *arguments: Any) -> Any:
        return self.chrome.execute_script(script, *arguments)

    def ask_later(self, script: str) -> Any:
        """The script calls `done` with its answer."""
        return self.chrome.execute_async_script(f"const done = arguments[0]; {script}")

    def complaints(self) -> list[str]:
        lines = self.chrome.execute("getLog", {"type": "browser"})["value"]
        return [line["message"] for line in lines]

    def leave(self) -> None:
        """A page that is open keeps asking, and cookies would stay."""
        self.chrome.delete_all_cookies()
        self.chrome.get("about:blank")
        self.complaints()
