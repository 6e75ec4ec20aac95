"""The commands that let PagerDuty send to the bridge."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from served_pagerduty import served
from strict_pagerduty import KEY, StrictPagerDuty

from statuspage_bridge.cli import main


@pytest.fixture
def there() -> StrictPagerDuty:
    return StrictPagerDuty()


@pytest.fixture
def address(there: StrictPagerDuty) -> Iterator[str]:
    with served(there) as address:
        yield address


def run(address: str, command: str, name: str = "Hugops", **options: str) -> Result:
    environment = {
        "PD_ACCOUNT_HUGOPS": options.get("key", KEY),
        "PD_API_HUGOPS": address,
        "STATUSPAGE_PAGE": "p",
        "STATUSPAGE_KEY": "k",
    }
    url = options.get("url", "https://bridge.test/")
    return CliRunner().invoke(main, [command, "pagerduty", name, "--url", url], env=environment)


def test_the_secret_is_printed_with_where_it_goes(there: StrictPagerDuty, address: str) -> None:
    outcome = run(address, "subscribe")

    assert outcome.stdout == "s3cret\n"
    assert "PD_SECRET_HUGOPS" in outcome.stderr
    (made,) = there.subscriptions
    assert made["delivery_method"]["url"] == "https://bridge.test/hugops"
    assert "incident.acknowledged" in made["events"]


def test_a_second_time_nothing_is_made(there: StrictPagerDuty, address: str) -> None:
    run(address, "subscribe")
    outcome = run(address, "subscribe")

    assert outcome.exit_code == 0
    assert outcome.stdout == ""
    assert "is as it should be" in outcome.stderr
    assert len(there.subscriptions) == 1


def test_a_subscription_is_removed(there: StrictPagerDuty, address: str) -> None:
    run(address, "subscribe")

    assert "Removed W1." in run(address, "unsubscribe").stderr
    assert there.subscriptions == []
    assert "There was no subscription." in run(address, "unsubscribe").stderr


def test_what_cannot_be_is_told_in_a_sentence(address: str) -> None:
    other = run(address, "subscribe", "other")
    plain = run(address, "subscribe", url="http://bridge.test")
    wrong = run(address, "subscribe", key="wrong")

    assert "other is no account of PagerDuty in the settings: there is hugops." in other.stderr
    assert "https:// only" in plain.stderr
    assert "Check its key" in wrong.stderr
    assert {one.exit_code for one in (other, plain, wrong)} == {1}
