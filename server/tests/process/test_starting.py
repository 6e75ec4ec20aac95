"""Starting, stopping, editing: what an operator does and reads."""

import json
import shlex
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from statuspage_server import __version__
from statuspage_server.cli import cli, main
from tests.markup import Outline
from tests.process.program import Program, eventually, run
from tests.running import SAMPLES, TOKEN, seed_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yml"
    path.write_text(seed_config(), encoding="utf-8")
    return path


class TestTheSeed:
    @pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
    def test_its_page_and_its_two_curl_examples_as_they_are_written(self, config: Path) -> None:
        commands = (SAMPLES / "seed-curl.txt").read_text(encoding="utf-8").splitlines()
        with Program(config) as program:
            page = program.get("/").text
            answers = [
                subprocess.run(
                    # Only the port is another one: these tests use free ones.
                    shlex.split(command.replace("localhost:8080", f"localhost:{program.port}")),
                    capture_output=True,
                    text=True,
                    check=True,
                )
                for command in commands
            ]
        assert "NIPE-SYSTEMS \N{EN DASH} Status" in page
        assert "Major System Outage" in page
        assert [answer.stdout for answer in answers] == ['{"refreshed": 1}', '{"refreshed": 2}']
        for answer in answers:
            assert "< HTTP/1.1 200 OK" in answer.stderr
            head = answer.stderr.lower()
            assert "< content-type: application/json; charset=utf-8" in head
            assert "< content-length: 16" in head


class TestStopping:
    def test_it_stops_in_order_and_keeps_its_state(self, config: Path) -> None:
        with Program(config) as program:
            program.get("/refresh/dns", **{"X-Token": TOKEN})
            assert program.stop() == 0
            assert not list(config.parent.glob("*-wal"))
            # Nobody asked for an access log.
            assert not [line for line in program.lines if "GET" in line]
            program.start()
            assert "DNS Operational" in Outline(program.get("/").text).words


@dataclass
class Here:
    """The command in the tests' own process, which takes no second to start."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def fails_with(self, *arguments: str | Path) -> str:
        """Return what it says when it ends with 1."""
        self.monkeypatch.setattr(sys, "argv", ["statuspage-server", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return self.capsys.readouterr().err


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(monkeypatch, capsys)


class TestFaults:
    def test_a_fault_in_the_file_is_told_without_a_traceback(self, config: Path) -> None:
        # A process of its own: all that it writes is seen.
        config.write_text("statuspage:\n  intervall: 5\n  token: abcdefgh\n", encoding="utf-8")
        done = run(config)
        assert done.returncode == 1
        assert done.stderr == (
            f"{config}, line 2: `statuspage.intervall` is not a setting. Write interval instead.\n"
        )

    def test_a_port_that_is_taken(self, config: Path, here: Here) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])
            said = here.fails_with(config, "--host", "127.0.0.1", "--port", port)
        assert said.startswith(f"Cannot listen on 127.0.0.1, port {port}: ")

    def test_a_page_is_generated_under_a_name_alone(self, config: Path, here: Here) -> None:
        done = CliRunner().invoke(cli, ["generate", "--config", str(config)])
        assert done.exit_code == 2
        assert "Missing argument 'NAME'" in done.output
        assert not list(config.parent.glob("*.db"))

    @pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["key", "--help"]])
    def test_help_is_there(self, arguments: list[str]) -> None:
        done = CliRunner().invoke(cli, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit)
        assert __version__ in done.output or "Usage" in done.output

    def test_a_file_that_is_not_there(self, tmp_path: Path, here: Here) -> None:
        assert "there is no such file" in here.fails_with(tmp_path / "nowhere.yml")


class TestEditing:
    def test_an_edit_is_picked_up_and_a_bad_one_keeps_the_old(self, config: Path) -> None:
        with Program(config) as program:
            config.write_text("statuspage: {title: Edited, token: abcdefgh}", encoding="utf-8")
            eventually(
                lambda: "Edited: All Systems Operational" in program.get("/").text, "the edit"
            )
            config.write_text("statuspage:\n  title: Bad\n", encoding="utf-8")
            eventually(
                lambda: program.get("/health").json()["config"] != "ok", "the edit's refusal"
            )
            assert "Edited: All Systems Operational" in program.get("/").text
            assert program.get("/health").status_code == 200
            program.stop()
        log = "".join(program.lines)
        assert "The edit is refused" in log
        assert f"{config}, line 1: `statuspage.token` is missing." in log
        assert "Traceback" not in log


class TestKeys:
    def test_made_used_listed_and_revoked(self, config: Path) -> None:
        key = run("key", "create", "mine", "--config", config).stdout.strip()
        with Program(config) as program:
            assert program.get("/v1/pages", Authorization=f"OAuth {key}").status_code == 200
            listed = run("key", "list", "--config", config).stdout
            assert key not in listed
            assert listed.rstrip().endswith("reads and writes  mine")
            key_id = listed.split()[0]
            assert run("key", "revoke", key_id, "--config", config).returncode == 0
            eventually(
                lambda: program.get("/v1/pages", Authorization=key).status_code == 401,
                "the key's revocation",
            )
        again = run("key", "revoke", key_id, "--config", config)
        assert again.returncode == 1
        assert again.stderr.startswith(f"There is no key {key_id} in force.")


class TestTestData:
    def test_pages_appear_in_a_running_server(self, config: Path, tmp_path: Path) -> None:
        with Program(config) as program:
            sizes = ("--components", "7", "--groups", "2", "--incidents", "9")
            page = run("generate", "Made up", *sizes, "--config", config).stdout.strip()
            path = f"/pages/{page}/api/v2/summary.json"
            eventually(lambda: program.get(path).status_code == 200, "the generated page")
            summary = program.get(path).json()
            assert len(summary["components"]) == 9
            export = tmp_path / "summary.json"
            export.write_text(json.dumps(summary), encoding="utf-8")
            copy = run("fill", export, "--config", config).stdout.strip()
            assert copy == page
        again = run("generate", "Made up", *sizes, "--config", config)
        assert again.returncode == 1
        assert "choose another --seed" in again.stderr


class TestTheAccessLog:
    def test_it_has_a_line_for_each_request_without_the_secrets_in_it(self, config: Path) -> None:
        with Program(config, options=("--access-log",)) as program:
            program.get("/v1/pages?api_key=a-key-in-the-address")
            program.get("/ping/a-key-in-the-address/start")
            program.get("/subscriptions/a-key-in-the-address/unsubscribe")
            assert program.stop() == 0
        page, ping, subscription = [line for line in program.lines if "GET" in line]
        assert '"GET /v1/pages HTTP/1.1" 401' in page
        assert '"GET /ping/.../start HTTP/1.1" 404' in ping
        assert '"GET /subscriptions/.../unsubscribe HTTP/1.1" 404' in subscription
        assert "a-key-in-the-address" not in "".join(program.lines)
