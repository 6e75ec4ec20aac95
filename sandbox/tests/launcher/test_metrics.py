"""Ocean's reports arrive, in their order."""

import json
import urllib.error
import urllib.request

import pytest

from launcher.metrics import Metrics


def post(metrics: Metrics, body: bytes) -> int:
    address = metrics.settings["OCEAN__METRICS__WEBHOOK_URL"]
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(urllib.request.Request(address, body), timeout=10) as answer:
        return int(answer.status)


def test_reports_are_handed_out_once_and_in_order() -> None:
    with Metrics() as metrics:
        for number in range(3):
            assert post(metrics, json.dumps({"kindIndex": number}).encode()) == 204
        assert [report["kindIndex"] for report in metrics.new()] == [0, 1, 2]
        assert metrics.new() == []


def test_what_is_no_report_is_refused() -> None:
    with Metrics() as metrics:
        with pytest.raises(urllib.error.HTTPError, match="400"):
            post(metrics, b"not JSON")
        assert metrics.new() == []
