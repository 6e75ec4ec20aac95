"""What holds for every example, and for `.env.example`."""

import re
from pathlib import Path

import pytest
from humps import decamelize

from settings import SettingError

from .conftest import Probe, Started
from .files import (
    CONFIG,
    EXAMPLES,
    GUIDE,
    HERE,
    IMAGE,
    SETTINGS,
    blocks,
    env_file,
    is_known,
    text,
    variables,
)

# What would be taken at its word; other placeholders fail at once.
MADE_UP = re.compile(r"example\.com|statuspage-id-\d|r4k9wz2mq7xd")
SHIPPED = [".env.example", *(str(path.relative_to(HERE)) for path in EXAMPLES)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_variable_of_an_example_is_one_that_ocean_reads(path: Path) -> None:
    assert {name for name in variables(path.read_text()) if not is_known(name)} == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_stands_in_the_guide_as_it_is(path: Path) -> None:
    language = {"Jenkinsfile": "groovy", ".json": "json"}.get(path.suffix or path.name, "yaml")

    assert any(path.read_text() in blocks(name, language) for name in GUIDE)


def test_the_integration_starts_with_a_copy_of_the_example_of_env(probe: Probe) -> None:
    content = text(".env.example")
    whole = content + re.sub(r"^# (OCEAN__)", r"\1", content, flags=re.MULTILINE)
    ours = whole.replace("example.com", "acme.test")

    probe(env_file(ours))


@pytest.mark.parametrize(
    ("variable", "parameter"),
    [("OCEAN__BASE_URL", "baseUrl"), (f"{CONFIG}WEBHOOK_CONTACT_EMAIL", "webhookContactEmail")],
)
def test_a_value_of_the_example_that_is_nobody_s_is_refused(
    started: Started, variable: str, parameter: str
) -> None:
    whole = env_file(re.sub(r"^# (OCEAN__)", r"\1", text(".env.example"), flags=re.MULTILINE))
    given = {name: one for name, one in whole.items() if "example.com" not in one}

    with pytest.raises(SettingError, match=f"^{parameter} is "):
        started({**given, variable: whole[variable]})


def test_the_example_of_env_shows_every_setting_but_the_deprecated_one() -> None:
    deprecated = {f"{CONFIG}APP_HOST"}
    shown = {name for name in variables(text(".env.example")) if name.startswith(CONFIG)}

    assert shown | deprecated == {CONFIG + decamelize(name).upper() for name in SETTINGS}
    assert all(is_known(name) for name in variables(text(".env.example")))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_made_up_is_commented_out(name: str) -> None:
    in_force = re.sub(r"#.*$", "", text(name), flags=re.MULTILINE)

    assert not MADE_UP.search(in_force)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_example_holds_anything_like_a_secret(name: str) -> None:
    assert not re.search(
        r"(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[a-z])[A-Za-z0-9+/]{24,}", text(name)
    )


def test_the_guide_says_which_image_the_examples_install_before_it_shows_one() -> None:
    before, _, _ = text("docs/install.md").partition("```yaml\n")

    assert IMAGE in before
    assert "docker build" in before
