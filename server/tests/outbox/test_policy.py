"""When a delivery is tried again, and where it may go."""

import pytest

from statuspage_server.core.addresses import check_endpoint, is_public
from statuspage_server.core.delivery import MOST_FAILURES, after_failure, is_delivered
from statuspage_server.core.moments import HOUR, MINUTE
from statuspage_server.errors import Unprocessable


class TestRetries:
    def test_ten_failures_take_about_an_hour_and_end_in_quarantine(self) -> None:
        now, failures = 0, 0
        while True:
            after = after_failure(failures, now)
            failures = after.failures
            if after.next_attempt_at is None:
                break
            assert after.next_attempt_at > now
            now = after.next_attempt_at
        assert (failures, after.is_quarantined) == (MOST_FAILURES, True)
        assert failures == 10
        assert abs(now - HOUR) < 5 * MINUTE

    @pytest.mark.parametrize(
        ("status", "delivered"),
        [(200, True), (204, True), (302, False), (404, False), (500, False)],
    )
    def test_only_2xx_counts(self, status: int, *, delivered: bool) -> None:
        assert is_delivered(status) is delivered


class TestAddresses:
    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1", "64:ff9b::5db8:d822"])
    def test_public_ones(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
            "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
            "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        ],
    )  # fmt: skip
    def test_private_ones_in_any_wrapping(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1", "http://localhost.:80/x", "http://a.localhost", "http://[::1]/"]
    )
    def test_they_are_refused_unless_allowed(self, url: str) -> None:
        with pytest.raises(Unprocessable):
            check_endpoint(url, allow_private=False)
        check_endpoint(url, allow_private=True)

    @pytest.mark.parametrize(
        "url",
        ["", "example.com", "https:///x", "http://a:b:c", "http://exa mple.com", "http://é.com"],
    )
    def test_what_is_no_address(self, url: str) -> None:
        with pytest.raises(Unprocessable):
            check_endpoint(url, allow_private=True)
