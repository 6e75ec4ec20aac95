"""What the shell proposes: names, quickly, and nothing at all where that fails."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from statuspage.cli.completion import PATIENCE, matching
from statuspage.cli.root import root
from tests.account import Account

from .calling import NOW, Caller

PAGE = "a0page000001"


@pytest.fixture
def proposed(cli: Caller) -> Callable[..., list[CompletionItem]]:
    """What is proposed for a line and its last, incomplete word."""

    def complete(*line: str) -> list[CompletionItem]:
        completion = ShellComplete(root, {"obj": cli.environment()}, "statuspage", "_X")
        return completion.get_completions(list(line[:-1]), line[-1])

    return complete


@pytest.fixture(autouse=True)
def _page(account: Account) -> None:
    page = account.add_page(id=PAGE, name="Acme Cloud")
    group = account.add_group(page)
    page.components[-1]["name"] = "Shop"
    account.add_component(page, id="a0comp000001", name="Search", group_id=group["id"])
    account.add_component(page, id="a0comp000002", name="Cart (EU)")


def values(items: list[CompletionItem]) -> list[str]:
    return [str(item.value) for item in items]


def test_commands_and_options_are_proposed(proposed: Callable[..., list[CompletionItem]]) -> None:
    assert "incident" in values(proposed("inc"))
    assert "list" in values(proposed("incident", "l"))
    assert "--resolved" in values(proposed("incident", "list", "--res"))


@pytest.mark.parametrize("word", ["Acme", "acme c", PAGE[:3], ""])
def test_pages_are_proposed_by_name_and_id(
    proposed: Callable[..., list[CompletionItem]], word: str
) -> None:
    (item,) = proposed("incident", "list", "--page", word)

    assert (item.value, item.help) == ("Acme Cloud", PAGE)


def test_components_of_the_page_that_is_meant_are_proposed(
    proposed: Callable[..., list[CompletionItem]], account: Account
) -> None:
    account.add_page()

    assert values(proposed("component", "-p", PAGE, "history", "")) == [
        "Shop / Search",
        "Cart (EU)",
    ]
    assert values(proposed("-p", PAGE, "component", "history", "sea")) == ["Shop / Search"]


def test_names_are_asked_for_once_in_five_minutes(
    proposed: Callable[..., list[CompletionItem]], cli: Caller, account: Account
) -> None:
    proposed("incident", "list", "--page", "")
    cli.now = NOW + timedelta(minutes=4)
    proposed("incident", "list", "--page", "x")
    assert len(account.counted) == 1

    cli.now = NOW + timedelta(minutes=6)
    proposed("incident", "list", "--page", "")
    assert len(account.counted) == 2


def test_names_of_one_host_are_not_proposed_for_another(
    proposed: Callable[..., list[CompletionItem]], account: Account
) -> None:
    proposed("page", "list", "--page", "")
    proposed("page", "list", "--host", "http://127.0.0.1:8080", "--page", "")

    assert len(account.counted) == 2


def test_nothing_is_proposed_or_said_when_the_request_fails_and_it_is_not_repeated_at_every_key(
    proposed: Callable[..., list[CompletionItem]],
    account: Account,
    capfd: pytest.CaptureFixture[str],
) -> None:
    account.fail("/v1/pages", 503)

    assert [proposed("incident", "list", "--page", word) for word in ("", "A")] == [[], []]
    assert len(account.counted) == 1
    assert capfd.readouterr() == ("", "")


def test_the_request_is_bounded(proposed: Callable[..., list[CompletionItem]], cli: Caller) -> None:
    proposed("incident", "list", "--page", "")

    assert PATIENCE <= 1
    assert [client["timeout"] for client in cli.clients] == [PATIENCE]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cli: cli.variables.clear(),
        lambda cli: cli.variables.update(STATUSPAGE_PROFILE="nope"),
        lambda cli: setattr(cli, "handler", lambda _: httpx.Response(200, text="<html>")),
        lambda cli: (cli.folder / "cache").write_text("no folder"),
    ],
    ids=["no key", "no profile", "no API", "no cache"],
)
def test_whatever_is_wrong_the_line_goes_on(
    proposed: Callable[..., list[CompletionItem]],
    cli: Caller,
    spoil: Callable[[Caller], object],
    capfd: pytest.CaptureFixture[str],
) -> None:
    spoil(cli)

    proposed("incident", "list", "--page", "")

    assert capfd.readouterr() == ("", "")


def test_a_spoilt_cache_is_made_anew(
    proposed: Callable[..., list[CompletionItem]], cli: Caller
) -> None:
    proposed("page", "list", "--page", "")
    (file,) = (cli.folder / "cache").iterdir()
    file.write_text('{"at": "soon"}')

    assert values(proposed("page", "list", "--page", "")) == ["Acme Cloud"]


@pytest.mark.parametrize(
    ("typed", "replies"),
    [
        ("Sh", [r"Shop\ /\ Search"]),
        ("", [r"Shop\ /\ Search", r"Cart\ \(EU\)"]),
        ('"Sh', ["Shop / Search"]),
    ],
)
def test_bash_puts_a_name_into_its_line_as_one_word(
    cli: Caller,
    proposed: Callable[..., list[CompletionItem]],
    tmp_path: Path,
    typed: str,
    replies: list[str],
) -> None:
    cli.variables |= {"_STATUSPAGE_COMPLETE": "bash_complete", "COMP_WORDS": f"statuspage\n{typed}"}
    items = proposed("component", "history", "-p", PAGE, typed.strip('"'))
    said = tmp_path / "said"
    said.write_text("".join(f"plain,{item.value}\n" for item in items), encoding="utf-8")
    # The script calls the command, in whose place stands what it said above.
    program = (
        f"{cli('completion', 'bash').stdout}\nenv() {{ cat {said}; }}\n_statuspage_completion x\n"
    )

    ended = subprocess.run(
        ["bash", "-c", program + 'printf "%s\\n" "${COMPREPLY[@]}"'],  # noqa: S607 (wherever it is)
        text=True,
        check=True,
        capture_output=True,
    )

    assert ended.stdout.splitlines() == replies


def test_a_name_is_found_by_its_last_part() -> None:
    assert matching([("1", "Shop / Search"), ("2", "Search")], "se") == [
        ("1", "Shop / Search"),
        ("2", "Search"),
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(cli: Caller, shell: str) -> None:
    ended = cli("completion", shell)

    assert ended.exit_code == 0
    assert f"_STATUSPAGE_COMPLETE={shell}_complete" in ended.stdout
