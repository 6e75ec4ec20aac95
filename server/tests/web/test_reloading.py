"""An edit of config.yml that could not be taken up yet is taken up later, and `/health` knows."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from statuspage_server.config import read_config
from statuspage_server.config.watch import ConfigWatch
from statuspage_server.errors import StorageError
from statuspage_server.runtime import Runtime
from statuspage_server.storage.database import Database
from tests.running import HandClock, Receiver

BEFORE = "statuspage: {token: abcdefgh, title: Before}"
AFTER = "statuspage: {token: abcdefgh, title: After}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.yml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


@pytest.fixture
async def runtime(open_database: Callable[[], Database], path: Path) -> AsyncIterator[Runtime]:
    read = read_config(path)
    watch = ConfigWatch(path, read)
    senders = Receiver().senders()
    runtime = Runtime(read.config, open_database(), HandClock(), senders=senders, watch=watch)
    await runtime.prepare()
    yield runtime
    await runtime.stop()


def write(path: Path, content: str | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_text(content, encoding="utf-8")


async def rename(runtime: Runtime, old: str, new: str) -> None:
    statement = f"ALTER TABLE {old} RENAME TO {new}"
    await runtime.database.write(lambda c: c.exec_driver_sql(statement))


async def test_one_that_the_database_refused_is_tried_again(runtime: Runtime, path: Path) -> None:
    write(path, AFTER)
    await rename(runtime, "pages", "hidden")
    with pytest.raises(StorageError):
        await runtime.reload_round()
    await rename(runtime, "hidden", "pages")
    await runtime.reload_round()
    assert runtime.config.statuspage.title == "After"
    assert runtime.state_of_config == "ok"


async def test_a_file_that_cannot_be_read_is_told_as_long_as_it_is_so(
    runtime: Runtime, path: Path
) -> None:
    states = []
    for content in (None, BEFORE, "statuspage: {}", None, AFTER):
        write(path, content)
        await runtime.reload_round()
        states.append(runtime.state_of_config)
    assert states == [
        "the file cannot be read",
        "ok",
        "the last edit was refused",
        "the file cannot be read",
        "ok",
    ]
