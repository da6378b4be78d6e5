"""Posts go to public addresses only, to the very one that was checked, and are never redirected."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from nunatak.core.errors import Invalid
from nunatak.services.posting import NotPosted, Poster, is_public
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
        "fec0::1", "fec0::1%eth0", "192.0.0.8", "192.88.99.1", "3fff::1", "::ffff:192.0.0.8",
    ],
)  # fmt: skip
def test_what_isnt_the_public_internet_is_closed(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Invalid) as refused:
        Poster(resolve=lambda _host, _port: ["93.184.215.14", address]).check("https://x.example/", path="body.url")
    assert refused.value.errors[0].startswith("body.url: expected a host on the public internet")


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111"])
def test_the_public_internet_is_open(address: str) -> None:
    Poster(resolve=lambda _host, _port: [address]).check("https://x.example:8443/a?b=c", path="body.url")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example/", "file:///etc/passwd", "//x.example", "https://", "https://x.example:0/", "x.example",
        "https://x.example:70000/", "https://x.example/\r\nHost: y", "https://x.example/a b", "https://[::1",
        "https://me@x.example/", "https://me:word@x.example/", "https://x.example/#part", "https://é.example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        Poster(private=True, resolve=lambda _host, _port: ["1.1.1.1"]).check(url, path="body.url")
    assert refused.value.errors[0].startswith("body.url: expected an address")


def test_a_host_that_cant_be_found_is_refused() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(Invalid, match="expected a host that can be found"):
        Poster(resolve=resolve).check("https://nowhere.example/", path="body.url")


def test_a_post_goes_to_the_address_that_was_checked(receiver: Receiver) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    poster = Poster(private=True, resolve=resolve)
    assert poster.post(f"http://told.example:{receiver.port}/a?b=c", b"{}", {"X-One": "1"}) == 200
    got = receiver.received[0]
    assert (asked, got.path, got.body) == (["told.example"], "/a?b=c", b"{}")
    assert (got.headers["host"], got.headers["x-one"]) == (f"told.example:{receiver.port}", "1")
    assert got.headers["user-agent"].startswith("nunatak/")


def test_a_name_that_leads_elsewhere_later_is_refused_then(receiver: Receiver) -> None:
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    poster = Poster(resolve=lambda _host, _port: next(answers))
    url = f"http://told.example:{receiver.port}/"
    poster.check(url, path="body.url")
    with pytest.raises(NotPosted, match="private networks are closed"):
        poster.post(url, b"{}", {})
    assert receiver.received == []


def test_a_redirect_is_an_answer_and_isnt_followed(receiver: Receiver) -> None:
    receiver.statuses = [307]
    assert Poster(private=True).post(receiver.url, b"{}", {}) == 307
    assert len(receiver.received) == 1


def test_without_an_answer_the_reason_is_told(receiver: Receiver) -> None:
    receiver.statuses = [0]
    with pytest.raises(NotPosted, match="The answer was no HTTP"):
        Poster(private=True).post(receiver.url, b"{}", {})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotPosted, match="The connection was refused"):
        Poster(private=True).post(f"http://127.0.0.1:{port}/", b"{}", {})
    with pytest.raises(NotPosted, match="No secure connection"):
        Poster(private=True).post(receiver.url.replace("http:", "https:"), b"{}", {})


def test_a_receiver_that_answers_drop_by_drop_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            line, _ = listening.accept()
            with line:
                try:
                    while True:
                        line.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    pass

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        with pytest.raises(NotPosted):
            Poster(private=True, seconds=0.4).post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
        assert time.monotonic() - began < 3
        thread.join()
