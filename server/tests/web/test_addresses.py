"""Pages by domain, path and id; and pages that ask for a password."""

from collections.abc import AsyncIterator

import pytest

from statuspage_server.config import load_config
from statuspage_server.errors import ConfigError
from tests.markup import Outline
from tests.running import RunningServer

CONFIG = """
statuspage: {title: First, token: t}
pages:
  europe: {title: Europe, token: t, path: europe, domain: status.example.eu}
  inside: {title: Inside, token: t, path: inside, password: open sesame}
"""
HTML = {"Accept": "text/html"}
PASSWORD = ("anyone", "open sesame")
BEHIND = (
    *("", "/history", "/history.atom", "/history.json", "/maintenances.ics", "/badge.svg"),
    *("/uptime", "/embed/frame", "/api/v2/summary.json", "/incidents/x.json", "/anything"),
)


@pytest.fixture
async def pages(server: RunningServer) -> AsyncIterator[RunningServer]:
    await server.configure(CONFIG)
    yield server
    server.client.cookies.clear()


class TestAddresses:
    async def test_a_path_of_its_own_and_links_that_stay_below_it(
        self, pages: RunningServer
    ) -> None:
        found = Outline(await pages.html("/europe"))
        assert "Europe" in found.words
        links = [attrs["href"] or "" for tag, attrs in found.tags if tag == "a"]
        ours = [link for link in links if link.startswith("/")]
        assert ours
        assert all(link.startswith("/europe") for link in ours)
        for link in ours:
            assert (await pages.client.get(link)).status_code == 200, link

    async def test_a_domain_of_its_own(self, pages: RunningServer) -> None:
        page = await pages.html("/", Host="status.example.eu:8080")
        assert "<title>Europe" in page
        assert 'href="/history"' in page
        assert 'content="http://status.example.eu"' in page
        answer = await pages.client.get(
            "/api/v2/summary.json", headers={"Host": "STATUS.EXAMPLE.EU"}
        )
        assert answer.json()["page"]["name"] == "Europe"
        assert "<title>First" in await pages.html("/", Host="elsewhere.example")

    async def test_a_pages_address_may_end_with_a_slash(self, pages: RunningServer) -> None:
        page_id = pages.runtime.monitors.pages[1].page_id
        for address in ("/europe", "/europe/", f"/pages/{page_id}", f"/pages/{page_id}/"):
            assert "<title>Europe" in await pages.html(address)

    async def test_the_servers_own_addresses_are_the_same_on_every_domain(
        self, pages: RunningServer
    ) -> None:
        answer = await pages.client.get("/health", headers={"Host": "status.example.eu"})
        assert answer.json()["status"] == "ok"

    @pytest.mark.parametrize("path", ["v1", "pages", "UPPER", "a/b", "-a", "history", "assets"])
    def test_a_path_that_would_hide_something_is_refused(self, path: str) -> None:
        with pytest.raises(ConfigError, match="a path has lower-case letters"):
            load_config(f"statuspage: {{token: t}}\npages: {{a: {{token: t, path: {path}}}}}")

    @pytest.mark.parametrize("key", ["path", "domain"])
    def test_two_pages_cannot_share_one(self, key: str) -> None:
        with pytest.raises(ConfigError, match=f"the {key} same belongs to another page already"):
            load_config(
                f"statuspage: {{token: t, {key}: same}}\npages: {{a: {{token: t, {key}: same}}}}"
            )


class TestPrivatePages:
    @pytest.mark.parametrize("rest", BEHIND)
    async def test_nothing_of_it_is_shown_without_the_password(
        self, rest: str, pages: RunningServer
    ) -> None:
        answer = await pages.client.get(f"/inside{rest}")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
        person = await pages.client.get(f"/inside{rest}", headers=HTML)
        assert person.status_code in {401, 403}
        assert "All Systems Operational" not in person.text

    async def test_nor_at_its_other_address(self, pages: RunningServer) -> None:
        page_id = pages.runtime.monitors.pages[2].page_id
        assert (await pages.client.get(f"/pages/{page_id}/history.json")).status_code == 401
        assert (await pages.client.get(f"/pages/{page_id}")).status_code == 401

    async def test_programs_send_the_password(self, pages: RunningServer) -> None:
        for path in ("/inside/api/v2/summary.json", "/inside/history.atom", "/inside"):
            answer = await pages.client.get(path, auth=PASSWORD)
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "private, no-cache"

    async def test_people_sign_in_once(self, pages: RunningServer) -> None:
        form = await pages.client.get("/inside", headers=HTML)
        assert form.status_code == 403
        assert "This page is private" in form.text
        wrong = await pages.client.post("/inside/sign-in", data={"password": "x"}, headers=HTML)
        assert wrong.status_code == 403
        assert "This is not the password." in wrong.text
        right = await pages.client.post("/inside/sign-in", data={"password": PASSWORD[1]})
        assert (right.status_code, right.headers["location"]) == (303, "/inside")
        assert "HttpOnly" in right.headers["set-cookie"]
        assert "open sesame" not in right.headers["set-cookie"]
        assert "All Systems Operational" in await pages.words("/inside")

    async def test_a_new_password_ends_what_the_old_one_opened(self, pages: RunningServer) -> None:
        await pages.client.post("/inside/sign-in", data={"password": PASSWORD[1]})
        await pages.configure(CONFIG.replace("open sesame", "another one"))
        assert (await pages.client.get("/inside", headers=HTML)).status_code == 403

    @pytest.mark.parametrize("way", ["form", "basic"])
    async def test_wrong_passwords_are_tried_ten_times_a_minute_at_most(
        self, way: str, pages: RunningServer
    ) -> None:
        async def attempt(password: str) -> int:
            if way == "form":
                answer = await pages.client.post("/inside/sign-in", data={"password": password})
            else:
                answer = await pages.client.get("/inside", auth=("x", password))
            return answer.status_code

        for number in range(10):
            assert await attempt(str(number)) in {401, 403}
        assert await attempt(PASSWORD[1]) in {401, 429}

    async def test_a_page_without_a_password_has_no_form(self, pages: RunningServer) -> None:
        assert (await pages.client.get("/europe/sign-in")).status_code == 404
        assert (await pages.client.post("/europe/sign-in")).status_code == 404

    async def test_its_stylesheet_and_logo_are_not_secret(self, pages: RunningServer) -> None:
        assert (await pages.client.get("/inside/style.css")).status_code == 200


class TestAppearance:
    async def test_the_owners_colours_texts_and_links(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: t, appearance: {header: 'We are **Acme**.', "
            "footer: [{text: Imprint, url: 'https://example.com/imprint'}], "
            "colors: {accent: '#0b63b5'}, css: 'h1 { color: red }', logo_link: 'https://a.example'}}"
        )
        page = await server.html()
        assert "We are <strong>Acme</strong>." in page
        assert '<a href="https://example.com/imprint">Imprint</a>' in page
        assert '<a class="brand" href="https://a.example">' in page
        style = (await server.client.get("/style.css")).text
        assert style.endswith("h1 { color: red }")
        assert "--accent: #0b63b5;" in style

    async def test_a_logo_is_a_picture_and_nothing_else(self, server: RunningServer) -> None:
        folder = server.runtime.folder
        assert (await server.client.get("/logo")).status_code == 404
        for name in ("secrets.txt", "../secrets.svg.txt", "missing.svg"):
            await server.configure(f"statuspage: {{token: t, appearance: {{logo: {name}}}}}")
            assert (await server.client.get("/logo")).status_code == 404, folder

    @pytest.mark.parametrize(
        ("setting", "sentence"),
        [
            ("colors: {accent: blue}", "a colour is a # with six digits"),
            ("footer: [{text: A, url: 'javascript:x'}]", "a link begins with https://"),
            ("colour: {}", "`statuspage.appearance.colour` is not a setting. Write colors"),
        ],
    )
    def test_a_fault_says_what_to_write(self, setting: str, sentence: str) -> None:
        with pytest.raises(ConfigError, match=sentence):
            load_config(f"statuspage: {{token: t, appearance: {{{setting}}}}}")
