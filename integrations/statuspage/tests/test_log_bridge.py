"""The library's log lines arrive in Ocean's log, as if they had been written there."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from loguru import logger

import log_bridge

if TYPE_CHECKING:
    from loguru import Message, Record


@pytest.fixture
def arrived() -> "Iterator[list[Record]]":
    """What arrives in loguru while the bridge stands; afterwards all is as it was."""
    sources = [logging.getLogger(name) for name in log_bridge.SOURCES]
    before = [(source, source.handlers, source.level, source.propagate) for source in sources]
    records: list[Record] = []

    def note(message: "Message") -> None:
        records.append(message.record)

    sink = logger.add(note, level=0)
    log_bridge.install()
    yield records
    logger.remove(sink)
    for source, handlers, level, propagate in before:
        source.handlers, source.propagate = handlers, propagate
        source.setLevel(level)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
@pytest.mark.parametrize("name", ["statuspage.transport", "resync.changes"])
def test_a_line_arrives_with_its_level_and_its_words(
    arrived: "list[Record]", name: str, level: str
) -> None:
    logging.getLogger(name).log(getattr(logging, level), "read %d of %s", 3, "page")

    assert [(line["level"].name, line["message"]) for line in arrived] == [
        (level, "read 3 of page")
    ]


def test_a_line_arrives_with_the_place_where_it_was_written(arrived: "list[Record]") -> None:
    logging.getLogger("statuspage.pacing").info("here")

    (line,) = arrived
    assert line["name"] == "statuspage.pacing"
    assert line["function"] == "test_a_line_arrives_with_the_place_where_it_was_written"
    assert line["line"] > 0


def test_braces_and_tags_in_a_line_are_only_text(arrived: "list[Record]") -> None:
    logging.getLogger("statuspage").warning("%s", '{"error": "<red>{0}</red>"}')

    assert [line["message"] for line in arrived] == ['{"error": "<red>{0}</red>"}']


def test_an_error_arrives_with_its_traceback(arrived: "list[Record]") -> None:
    try:
        int("odd")
    except ValueError:
        logging.getLogger("resync").exception("odd")

    (line,) = arrived
    assert line["exception"] is not None
    assert line["exception"].type is ValueError


def test_what_ocean_adds_to_its_lines_is_added_to_ours(arrived: "list[Record]") -> None:
    with logger.contextualize(resource_kind="incident"):
        logging.getLogger("resync.streams").info("read")

    assert [line["extra"]["resource_kind"] for line in arrived] == ["incident"]


def test_a_line_arrives_once_however_often_the_bridge_is_built(
    arrived: "list[Record]", caplog: pytest.LogCaptureFixture
) -> None:
    log_bridge.install()
    logging.getLogger("statuspage.client").info("once")

    assert [line["message"] for line in arrived] == ["once"]
    assert caplog.messages == []


def test_other_loggers_are_left_alone(arrived: "list[Record]") -> None:
    logging.getLogger("httpx").warning("not ours")

    assert arrived == []


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_access_log_shows_no_query_of_ours(slash: str) -> None:
    path = f"/ocean/integration/webhook{slash}"
    line = ("127.0.0.1:40000", "POST", f"{path}?page=a&token=b", "1.1", 200)
    other = ("127.0.0.1:40000", "GET", "/ocean/health/live?verbose=1", "1.1", 200)

    records = [logging.makeLogRecord({"args": args}) for args in (line, other)]
    assert all(
        log_bridge.WithoutQuery("/ocean/integration/webhook").filter(record) for record in records
    )

    assert records[0].args == (line[0], "POST", path, "1.1", 200)
    assert records[1].args == other
