"""Ports that are taken, and variables that name ports."""

import socket

import pytest

from launcher.addresses import free_port, require_different, require_free
from launcher.environment import clean, port_of
from launcher.errors import BadSettings, PortTaken


def test_a_port_in_use_is_one_sentence_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            require_free(port, "the sandbox", "SANDBOX_PORT")
    assert f"Port {port}, where the sandbox is to listen, is in use" in str(refused.value)
    assert f"make run SANDBOX_PORT={port + 1}" in str(refused.value)


def test_one_port_for_two_programs_is_one_sentence_with_both_names() -> None:
    with pytest.raises(PortTaken) as refused:
        require_different({"SERVER_PORT": 8080, "SANDBOX_PORT": 8080, "INTEGRATION_PORT": 8000})

    assert str(refused.value) == (
        "SERVER_PORT and SANDBOX_PORT are both 8080: choose another for one of them, for example "
        "make run SANDBOX_PORT=8081."
    )


def test_programs_that_take_any_port_do_not_meet() -> None:
    require_different({"SERVER_PORT": 8080, "SANDBOX_PORT": 5555, "INTEGRATION_PORT": 0})


def test_a_port_that_is_free_stays_free() -> None:
    port = free_port()
    require_free(port, "the sandbox", "SANDBOX_PORT")
    require_free(port, "the sandbox", "SANDBOX_PORT")


@pytest.mark.parametrize("written", ["many", "0", "65536", "-1", "80.5"])
def test_what_is_no_port_is_one_sentence(written: str) -> None:
    with pytest.raises(BadSettings, match=r"SERVER_PORT is .*: write a port from 1 to 65535"):
        port_of({"SERVER_PORT": written}, "SERVER_PORT", 8080)


def test_an_empty_variable_means_the_usual_port() -> None:
    assert port_of({"SERVER_PORT": ""}, "SERVER_PORT", 8080) == 8080
    assert port_of({"SERVER_PORT": "9000"}, "SERVER_PORT", 8080) == 9000


def test_programs_are_not_told_what_was_meant_for_others() -> None:
    found = clean({"PATH": "/bin", "OCEAN__PORT__CLIENT_ID": "real", "PYTHONPATH": "/else"})
    assert found == {
        "PATH": "/bin",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def test_hosts_that_are_spared_from_the_proxy_stay_so() -> None:
    assert clean({"NO_PROXY": "intern"})["NO_PROXY"] == "intern,127.0.0.1,localhost"
