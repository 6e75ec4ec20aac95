"""config.yml: the seed's runs unchanged, and a fault is answered with what to write instead."""

from pathlib import Path

import pytest

from statuspage_server.config import load_config, read_config
from statuspage_server.config.advice import SAMPLE, advise
from statuspage_server.config.watch import ConfigWatch
from statuspage_server.core.heartbeat import Timing
from statuspage_server.errors import ConfigError
from tests.running import TOKEN, seed_config

TOKEN_EXAMPLE = "Write for example: token: <64 letters and digits>"
TWINS = """
statuspage: {token: abcdefgh, id: 8m2l51279rpl}
pages: {x: {token: abcdefgh, id: 8m2l51279rpl}}
"""
MAIL = "{host: smtp.example.com, sender: a@example.com}"
BOTH = "{name: a, id: a, interval: 60, schedule: 0 2 * * *}"
PING = "ping_id: abcdefgh-abcdefgh"
GOOD = "statuspage:\n  token: abcdefgh\n"


def faults_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(text)
    return str(caught.value).splitlines()


class TestTheSeedsFile:
    def test_it_runs_unchanged(self) -> None:
        page = load_config(seed_config()).statuspage
        assert page.title == "NIPE-SYSTEMS \N{EN DASH} Status"
        assert page.all_tokens == (TOKEN,)
        assert list(page.groups) == ["SomeGroup", "Group #2"]
        assert [item.id for item in page.groups["SomeGroup"]] == ["http", "dns", "mail"]

    def test_an_items_interval_overrides_the_pages(self) -> None:
        page = load_config(seed_config()).statuspage
        http, _, mail = page.groups["SomeGroup"]
        assert page.timing(http) == Timing(600)
        assert page.timing(mail) == Timing(60)

    def test_defaults(self) -> None:
        config = load_config(GOOD)
        assert config.statuspage.title == "Status"
        assert config.statuspage.interval == 600
        assert config.server.port == 8080
        assert config.server.webhooks.chat.services == {}

    def test_the_operators_chat_hosts(self) -> None:
        hosts = "mattermost: [https://chat.example.com/], rocket_chat: ['http://10.0.0.5:3000']"
        config = load_config(f"{GOOD}\nserver: {{webhooks: {{chat: {{{hosts}}}}}}}")
        own = config.server.webhooks.chat.services
        assert {origin: one.name for origin, one in own.items()} == {
            "https://chat.example.com": "Mattermost",
            "http://10.0.0.5:3000": "Rocket.Chat",
        }

    @pytest.mark.parametrize(
        "host", ["chat.example.com", "https://chat.example.com/hooks", "ftp://x", "https://a:b@c"]
    )
    def test_a_chat_host_that_is_none_is_told(self, host: str) -> None:
        with pytest.raises(ConfigError, match="the beginning of an address"):
            load_config(f"{GOOD}\nserver: {{webhooks: {{chat: {{mattermost: ['{host}']}}}}}}")


class TestTextStaysText:
    def test_what_yaml_takes_for_numbers_and_truth(self) -> None:
        text = (
            "statuspage:\n  token: 00123456789\n  groups:\n"
            "    A: [{name: no, id: 007}, {name: 1.0, id: 0x1f}]"
        )
        page = load_config(text).statuspage
        assert page.token == "00123456789"
        assert [(item.name, item.id) for item in page.groups["A"]] == [
            ("no", "007"),
            ("1.0", "0x1f"),
        ]

    def test_a_zone_may_have_the_vendors_name(self) -> None:
        page = load_config(f"{GOOD}  time_zone: Eastern Time (US & Canada)\n").statuspage
        assert page.time_zone == "America/New_York"

    def test_anchors_and_merges_work(self) -> None:
        text = f"{GOOD}  groups:\n    A: [&a {{name: One, id: one}}, {{<<: *a, id: two}}]"
        assert [item.id for item in load_config(text).statuspage.groups["A"]] == ["one", "two"]


class TestFaults:
    def test_a_missing_token(self) -> None:
        assert faults_of("statuspage:\n  title: x\n") == [
            f"config.yml, line 1: `statuspage.token` is missing. {TOKEN_EXAMPLE}"
        ]

    def test_a_misspelt_setting_is_guessed(self) -> None:
        assert faults_of(f"{GOOD}  intervall: 5\n") == [
            "config.yml, line 3: `statuspage.intervall` is not a setting. Write interval instead."
        ]

    def test_every_fault_is_told_in_the_order_of_the_file(self) -> None:
        text = f"{GOOD}  interval: soon\n  groups:\n    A:\n      - name: x\n    B: 3\n"
        lines = [fault.partition(":")[0] for fault in faults_of(text)]
        assert lines == ["config.yml, line 3", "config.yml, line 6", "config.yml, line 7"]

    @pytest.mark.parametrize(
        "text",
        [
            f"statuspage:\n  token: {'s3cret' * 200}\n",
            f"{GOOD}  groups: {{A: [{{name: a, id: a, ping_id: s3cret}}]}}",
            f"{GOOD}  alerts: [s3cret]",
            f"{GOOD}server: {{mail: {{host: x, sender: a@b.c, password: [s3cret]}}}}",
        ],
    )
    def test_a_secret_is_not_repeated(self, text: str) -> None:
        (fault,) = faults_of(text)
        assert "s3cret" not in fault

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "it has no settings"),
            ("a: [", "not valid YAML"),
            ("statuspage:\n\ttoken: x", "no tabs"),
            (f"{GOOD}  token: again", "`token` is there twice"),
            (f"{GOOD}  interval: 0", "less than 1"),
            (f"{GOOD}  time_zone: Mars", "time_zone: Europe/Berlin"),
            (f"{GOOD}  id: SHORT", "id: 8m2l51279rpl"),
            (f"{GOOD}server: {{port: 99999}}", "port: 8080"),
            (f"{GOOD}server: {{rate_limit_status: 500}}", "rate_limit_status: 429"),
            (f"{GOOD}pages: {{x: {{}}}}", "`pages.x.token` is missing"),
            (f"{GOOD}  late_incidents: {{enabled: perhaps}}", "enabled: true"),
            ("a: &a [*a]", "may not contain itself"),
            ("? [a]\n: b", "cannot be a name"),
            (TWINS, "belongs to another page"),
            (f"{GOOD}server: {{mail: {MAIL}}}", "`server.public_url` is missing"),
            (f"{GOOD}  alerts: [ops@example.com]", "`server.mail` is missing"),
            (f"{GOOD}  alerts: [ops]", "alerts: [ops@example.com"),
            (f"{GOOD}server: {{mail: {{host: x, sender: nobody}}}}", "holds no mail address"),
            (f"{GOOD}  groups: {{A: [{{name: a, id: a, schedule: 61 * * * *}}]}}", '"0 2 * * *"'),
            (f"{GOOD}  groups: {{A: [{BOTH}]}}", "Keep one of them"),
            (f"{GOOD}  groups: {{A: [{{name: a, id: a, ping_id: guess}}]}}", "too short"),
            (
                f"{GOOD}  groups: {{A: [{{name: a, id: a, {PING}}}, {{name: b, id: b, {PING}}}]}}",
                "this ping_id belongs to another item",
            ),
        ],
    )
    def test_each_says_what_to_write(self, text: str, words: str) -> None:
        assert words in "\n".join(faults_of(text))

    @pytest.mark.parametrize("level", ["[{0}]", "{{a: 1, b: [{0}]}}", "{{<<: [{0}]}}"])
    def test_aliases_that_explode_are_refused_at_once(self, level: str) -> None:
        lines = [f"x0: &x0 {level.format('1' if '<<' not in level else '{a: 1}')}"]
        for number in range(1, 30):
            inner = ", ".join([f"*x{number - 1}"] * 9)
            lines.append(f"x{number}: &x{number} {level.format(inner)}")
        (fault,) = faults_of("\n".join(lines))
        assert "over 200000 values" in fault

    @pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 5000, "- " * 5000 + "x"])
    def test_deep_nesting_is_a_sentence(self, text: str) -> None:
        (fault,) = faults_of(text)
        assert "nested too deeply" in fault

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="no such file"):
            read_config(tmp_path / "nowhere.yml")

    def test_a_file_that_is_not_utf_8(self, tmp_path: Path) -> None:
        path = tmp_path / "config.yml"
        path.write_bytes(b"statuspage:\n  title: \xff\n")
        with pytest.raises(ConfigError, match="line 2: a character here is not UTF-8"):
            read_config(path)


class TestAdvice:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("statuspage: {token: x}", "statuspage: it has fewer than 16 characters"),
            (f"statuspage: {{token: {SAMPLE}}}", "statuspage: it is the sample's"),
            (
                f"statuspage: {{token: {TOKEN}, groups: {{A: [{{name: a, id: a, token: y}}]}}}}",
                "statuspage, item a: it has fewer",
            ),
            (
                f"statuspage: {{token: {TOKEN}}}\npages: {{p: {{token: z}}}}",
                "pages.p: it has fewer",
            ),
        ],
    )
    def test_a_weak_token_is_told_where_others_reach_it(self, text: str, words: str) -> None:
        config = load_config(text)
        for host in ("0.0.0.0", "::", "192.0.2.1", "status.example.com"):
            (sentence,) = advise(config, host)
            assert words in sentence
        for host in ("127.0.0.1", "::1", "localhost"):
            assert advise(config, host) == []

    def test_the_sample_is_the_files(self) -> None:
        sample = Path(__file__).parents[2] / "config.yml"
        assert load_config(sample.read_text(encoding="utf-8")).statuspage.token == SAMPLE

    def test_a_good_one_needs_no_advice(self) -> None:
        assert advise(load_config(seed_config()), "0.0.0.0") == []


class TestWatching:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "config.yml"
        path.write_text(GOOD, encoding="utf-8")
        return path

    def test_an_edit_is_seen_once(self, path: Path) -> None:
        watch = ConfigWatch(path, read_config(path))
        assert watch.look() is None
        path.write_text(f"{GOOD}  title: New\n", encoding="utf-8")
        found = watch.look()
        assert found is not None
        assert found.statuspage.title == "New"
        assert watch.look() is None

    def test_a_bad_edit_is_told_once_and_a_good_one_after_it_is_taken(self, path: Path) -> None:
        watch = ConfigWatch(path, read_config(path))
        path.write_text("statuspage: {}", encoding="utf-8")
        with pytest.raises(ConfigError):
            watch.look()
        assert watch.look() is None
        path.write_text(f"{GOOD}  title: New\n", encoding="utf-8")
        assert watch.look() is not None

    def test_a_file_that_cannot_be_read_for_a_moment_is_no_edit(self, path: Path) -> None:
        watch = ConfigWatch(path, read_config(path))
        path.rename(path.with_suffix(".away"))
        with pytest.raises(ConfigError):
            watch.look()
        assert watch.look() is None
        assert watch.unreadable
        path.with_suffix(".away").rename(path)
        assert watch.look() is None
        assert not watch.unreadable
