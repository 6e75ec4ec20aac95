"""The configuration file: what it leads to, and what is said of its faults."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from statuspage_bridge.cli import main
from statuspage_bridge.configuration.file import read_file
from statuspage_bridge.configuration.settings import Settings
from statuspage_bridge.errors import StartError

PART = Path(__file__).parents[1]
EXAMPLE = PART / "examples/config.yml"
NAMES = re.findall(r"\$\{(\w+)\}", EXAMPLE.read_text())
ENVIRONMENT = dict.fromkeys(NAMES, "s3cret") | {"DRAFTS_URL": "https://hooks.test/s3cret"}

NO_LENGTH = "it is no length of time: write 90s, 5m, 2h or 1d"
LEAST = """\
page: p
key: k
sources:
- type: alertmanager
  name: main
  token: t
"""


def read(folder: Path, content: str, **environment: str) -> Settings:
    file = folder / "config.yml"
    file.write_text(content)
    return read_file(file, environment)


def faults(folder: Path, content: str, **environment: str) -> list[str]:
    with pytest.raises(StartError) as caught:
        read(folder, content, **environment)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def test_the_example_is_valid_and_shows_no_secret() -> None:
    settings = read_file(EXAMPLE, ENVIRONMENT)

    assert settings.key is not None
    assert settings.key.get_secret_value() == "s3cret"
    assert "s3cret" not in f"{settings!r} {settings}".replace("client_id='s3cret'", "")


def test_the_example_has_every_setting() -> None:
    files = (EXAMPLE, EXAMPLE.with_name("nobl9.yml"))
    shown = {path for file in files for path in paths(yaml.safe_load(file.read_text()))}

    assert set(fields(Settings)) <= shown


def test_the_tables_of_the_readme_have_every_setting_and_no_other() -> None:
    readme = (PART / "README.md").read_text()
    section = readme.partition("## The configuration file\n")[2].partition("\n## ")[0]
    first_columns = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    named = {
        one.rpartition(".")[2] for cell in first_columns for one in re.findall("`(.+?)`", cell)
    }

    assert named == set(fields(Settings))


def test_a_page_a_key_and_a_source_are_enough(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST)

    assert [str(one.account) for one in found.sources] == ["alertmanager/main"]
    assert not found.as_rules().usual.notify


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    content = """\
evry: 3m
defaults:
  opens_after: soon
  notify: maybe
token: ${NONE}
"""

    assert faults(tmp_path, LEAST + content) == [
        "config.yml, line 7: `evry`: it is not known, `every` is.",
        f"config.yml, line 9: `defaults.opens_after`: {NO_LENGTH}.",
        "config.yml, line 10: `defaults.notify`: write true or false.",
        "config.yml, line 11: `token`: the environment has no NONE.",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (LEAST.replace("  token: t\n", ""), "line 4: `sources[0]`: anybody could send alerts: set"),
        (LEAST.replace("alertmanager", "alertmanger"), "line 4: `sources[0].type`: it can be "),
        (
            LEAST.replace("- type: alertmanager\n  ", "- "),
            "line 4: `sources[0].type`: it is missing",
        ),
        (LEAST + "  tokn: u", "line 7: `sources[0].tokn`: it is not known, `token` is."),
        (LEAST + "- {type: alertmanager, name: MAIN, token: u}", "line 7: `sources[1].name`: "),
        (LEAST.replace("page: p\n", ""), "line 1: `page`: it is missing."),
        (LEAST + "rules: [{when: {severity: x}, template: loud}]", "there is no template `loud`"),
        (LEAST + "rules: [{when: {severity: x}}]", "line 7: `rules[0]`: it sets nothing."),
        (LEAST + "rules: [{when: {sevrity: x}, draft: 1}]", "`severity` is."),
        (LEAST + "templates: {a: {body: '{% if %}'}}", "`templates.a.body`: it is no template: "),
        (LEAST + "every: 1s", "line 7: `every`: it is 10s at least."),
        (LEAST + "key: k2", "line 7: `key`: it is there twice, here and on line 2."),
        ("a: b: c", "line 1: this is no YAML"),
        ("- a", "line 1: It has fields"),
        ("", "line 1: It has fields"),
        ("a: &x [1]\nb: *x", "line 1: this is no YAML that can be read (anchors and aliases"),
        ("[" * 5000, "line 1: this is no YAML that can be read (it is nested more than 20 deep)"),
        ("a: !!python/object:os.system {}", "(tags are not supported)"),
        ("page: p\n---\npage: q", "this is no YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, content: str, fault: str) -> None:
    told = faults(tmp_path, content)

    assert [one for one in told if one.startswith("config.yml, line ") and fault in one], told


def test_no_fault_shows_what_was_written(tmp_path: Path) -> None:
    content = LEAST.replace("key: k", "key: [s3cret]").replace("page: p", "page: {s3cret: 1}")

    assert "s3cret" not in "".join(faults(tmp_path, content))


def test_a_value_of_the_environment_is_a_text_and_adds_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST.replace("page: p", "page: ${PAGE}$$"), PAGE="x\ndry_run: true")

    assert (found.page, found.dry_run) == ("x\ndry_run: true$", False)


def test_a_number_is_a_text_where_one_is_expected(tmp_path: Path) -> None:
    assert read(tmp_path, LEAST.replace("page: p", "page: 123")).page == "123"


@pytest.mark.parametrize("name", ["missing.yml", "."])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        read_file(tmp_path / name, {})


def test_a_file_of_other_bytes_or_of_too_many_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    for content, sentence in ((b"\xff\xfe\x00", "cannot be read"), (b"#" * 1_000_001, "more than")):
        file.write_bytes(content)
        with pytest.raises(StartError, match=sentence):
            read_file(file, {})


YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from([*Settings.model_fields, "type", "name", "when", "default"])
            | st.text(),
            below,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(YAML)
def test_whatever_is_in_a_file_its_faults_are_sentences(
    tmp_path_factory: pytest.TempPathFactory, content: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.yml").write_text(yaml.safe_dump(content), encoding="utf-8")

    with pytest.raises(StartError, match=re.escape(str(folder / "any.yml"))):
        read_file(folder / "any.yml", {})


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#\n \t%?,"))
def test_whatever_is_no_yaml_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.yml").write_text(content, encoding="utf-8")

    with pytest.raises(StartError, match=re.escape(str(folder / "any.yml"))):
        read_file(folder / "any.yml", {})


def test_the_command_tells_whether_a_file_is_fine(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text(LEAST)
    fine = CliRunner().invoke(main, [str(file), "--check"])
    file.write_text(LEAST + "evry: 3m")
    wrong = CliRunner().invoke(main, [str(file), "--check"])

    assert (fine.exit_code, fine.output) == (0, "The settings are fine.\n")
    assert (wrong.exit_code, wrong.stderr) == (
        1,
        f"{file}, line 7: `evry`: it is not known, `every` is.\n",
    )


def fields(model: type[BaseModel]) -> Iterator[str]:
    """Return the names of all settings, those of sources aside: each source has its own table."""
    for name, field in model.model_fields.items():
        yield name
        if name != "sources":
            for inner in models(field.annotation):
                yield from fields(inner)


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models(inner)


def paths(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield str(name)
            yield from paths(value)
    elif isinstance(content, list):
        for value in content:
            yield from paths(value)
