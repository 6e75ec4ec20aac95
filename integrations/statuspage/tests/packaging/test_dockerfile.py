"""The Dockerfile: what it copies, who runs it, how it starts."""

import ast
import fnmatch
import json
import re
import shlex
import tomllib
from pathlib import Path

from port_ocean.config.settings import ApplicationSettings

from .files import HERE, text


def instructions() -> list[tuple[str, str]]:
    """Every instruction with its arguments, continued lines joined, comments left out."""
    lines = [line for line in text("Dockerfile").splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [
        (word, rest)
        for line in joined.splitlines()
        if line
        for word, _, rest in [line.partition(" ")]
    ]


INSTRUCTIONS = instructions()
FINAL = INSTRUCTIONS[max(n for n, (word, _) in enumerate(INSTRUCTIONS) if word == "FROM") :]


def last(word: str) -> str:
    return [rest for name, rest in FINAL if name == word][-1]


def copied() -> dict[str, str]:
    """What is copied out of the folder, each with where it goes."""
    found: dict[str, str] = {}
    for word, rest in INSTRUCTIONS:
        if word == "COPY" and "--from" not in rest:
            *sources, target = shlex.split(rest.replace("${BUILD_CONTEXT}/", ""))
            found |= dict.fromkeys(sources, target)
    return found


def program() -> set[str]:
    """The modules of ours that main.py and what it imports import."""
    found: set[str] = set()
    waiting = ["main", "integration"]
    while waiting:
        name = waiting.pop()
        places = [HERE / f"{name}.py", *(HERE / name).glob("*.py")]
        if name in found or not any(place.exists() for place in places):
            continue
        found.add(name)
        for place in filter(Path.exists, places):
            for node in ast.walk(ast.parse(place.read_text())):
                if isinstance(node, ast.Import):
                    waiting += [alias.name.split(".")[0] for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    waiting.append(node.module.split(".")[0])
    return found


def is_sent(path: str) -> bool:
    """Whether .dockerignore lets a path of the folder through; the last line that fits decides."""
    sent = True
    for line in text(".dockerignore").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        if not line.startswith("#") and fnmatch.fnmatch(path, pattern):
            sent = line.startswith("!")
    return sent


def test_what_is_copied_is_there_and_is_sent_to_the_builder() -> None:
    found = {source: list(HERE.glob(source)) for source in copied()}

    assert [source for source, paths in found.items() if not paths] == []
    sent = [str(path.relative_to(HERE)) for paths in found.values() for path in paths]
    assert [path for path in sent if not is_sent(path)] == []


def test_all_of_the_program_what_ocean_reads_beside_it_and_the_license_are_copied() -> None:
    there = [path.name for source in copied() for path in HERE.glob(source)]

    assert [name for name in program() if not {name, f"{name}.py"} & set(there)] == []
    assert {".port", "pyproject.toml", "docker", "LICENSE"} <= set(there)


def test_nothing_else_is_sent_to_the_builder() -> None:
    copied_names = {path.name for source in copied() for path in HERE.glob(source)}
    others = {path.name for path in HERE.iterdir()} - copied_names

    assert [name for name in sorted(others | {".env", ".venv", ".git"}) if is_sent(name)] == []


def test_requirements_are_the_locked_ones_with_their_hashes() -> None:
    (install,) = [rest for word, rest in INSTRUCTIONS if word == "RUN" and " install " in rest]

    assert "--require-hashes" in install
    assert "-r /requirements.lock" in install
    assert "--only-binary :all:" in install


def test_both_stages_have_the_same_base_so_that_the_environment_fits() -> None:
    bases = [rest.split()[0] for word, rest in INSTRUCTIONS if word == "FROM"]

    assert len(bases) == 2
    assert len(set(bases)) == 1


def test_base_is_a_python_that_the_project_supports() -> None:
    (base,) = [rest for word, rest in INSTRUCTIONS if word == "ARG" and "PYTHON" in rest]

    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.1[23]-slim", base)


def test_user_is_a_number_other_than_root_in_the_group_that_openshift_uses() -> None:
    user, group = last("USER").split(":")

    assert int(user) > 0
    assert int(group) == 0


def test_start_needs_no_shell_in_between() -> None:
    started = [json.loads(last(word)) for word in ("ENTRYPOINT", "CMD")]

    assert all(isinstance(part, str) for command in started for part in command)


def test_the_scripts_that_the_image_runs_are_in_it() -> None:
    health = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    scripts = [one for one in [*json.loads(last("ENTRYPOINT")), *health] if "/docker/" in one]

    assert [(HERE / one.removeprefix("/app/")).exists() for one in scripts] == [True, True]


def test_ocean_is_found_under_any_path_variable() -> None:
    assert any("ln -s /app/.venv/bin/ocean /usr/local/bin/ocean" in rest for _, rest in FINAL)


def test_files_are_written_to_the_one_place_that_is_writable() -> None:
    environment = dict(part.split("=", 1) for part in shlex.split(last("ENV")))
    writable = [place for _, rest in FINAL for place in re.findall(r"chmod -R 1777 (\S+)", rest)]

    assert [environment["HOME"], environment["TMPDIR"]] == writable * 2


def test_image_exposes_the_port_on_which_ocean_listens() -> None:
    assert int(last("EXPOSE")) == ApplicationSettings().port


def test_labels_tell_the_version_and_the_license_of_the_project() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]

    assert ("ARG", f"INTEGRATION_VERSION={project['version']}") in FINAL
    assert f'org.opencontainers.image.licenses="{project["license"]}"' in last("LABEL")
