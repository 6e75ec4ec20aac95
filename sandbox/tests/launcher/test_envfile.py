"""How `.env` is read."""

from pathlib import Path

import pytest

from launcher.envfile import read_env_file, variables
from launcher.errors import BadSettings


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("  NAME = value  ", "value"),
        ("export NAME=value", "value"),
        ('NAME="two words" # a remark', "two words"),
        ("NAME='single # no remark'", "single # no remark"),
        ("NAME=value # a remark", "value"),
        ("NAME=has#inside", "has#inside"),
        ("NAME=", ""),
        ('NAME={"type":"POLLING"}', '{"type":"POLLING"}'),
        ("NAME=a=b", "a=b"),
    ],
)
def test_a_value_is_read_as_a_shell_would(line: str, value: str) -> None:
    assert variables(f"# a remark\n\n{line}\n") == {"NAME": value}


@pytest.mark.parametrize("line", ["no equals sign", "1NAME=value", 'NAME="not closed', "<<<<<<< x"])
def test_what_cannot_be_read_is_told_by_its_line_and_never_shown(line: str) -> None:
    with pytest.raises(BadSettings, match=r"\.env, line 2, cannot be read") as refused:
        variables(f"A=1\n{line}")
    assert line not in str(refused.value)


def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read: Is a directory"):
        read_env_file(tmp_path)


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match="it is not UTF-8 text"):
        read_env_file(file)
