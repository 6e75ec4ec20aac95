"""Credentials that are wrong, and a token that ends during a resync."""

from end_to_end.loop import Loop, eventually

VARIABLE = "PORT_SANDBOX_CLIENT_SECRET"
SIGN_IN = "POST /v1/auth/access_token"
UPSERT = "POST /v1/blueprints/statuspageIncident/entities/bulk"


def test_wrong_credentials_change_nothing_until_they_are_right(loop: Loop) -> None:
    before = loop.catalog.entities()
    loop.stack.sandbox.environment[VARIABLE] = "another"
    loop.stack.sandbox.restart()

    # Ocean asks again for two minutes before it ends.
    with loop.once() as run:
        assert eventually(lambda: loop.in_front_of_port.count(SIGN_IN) > 2)
        assert loop.in_front_of_port.count("") == loop.in_front_of_port.count(SIGN_IN)
        assert loop.in_front_of_server.count("") == 0
        del loop.stack.sandbox.environment[VARIABLE]
        loop.stack.sandbox.restart()
        assert loop.catalog.entities() == before
        outcome = run.end()

    assert outcome.why_it_failed is None
    loop.assert_in_step()


def test_a_token_that_ends_in_the_middle_is_renewed(first: Loop) -> None:
    first.stack.sandbox.options = ("--token-lifetime", "4")
    with first as loop:
        held = loop.in_front_of_port.hold(UPSERT, after=1)
        with loop.once() as run:
            held.wait()
            still_good = loop.catalog.token()
            assert eventually(lambda: not loop.catalog.lets_in(still_good))
            held.release()
            outcome = run.end()

        assert outcome.why_it_failed is None
        loop.assert_in_step()
        # What was held came with a token that had ended.
        assert loop.in_front_of_port.count(SIGN_IN) > 1
        assert loop.in_front_of_port.count(UPSERT) > 7
