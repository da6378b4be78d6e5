"""Posts to addresses that callers chose: only to public ones, connected as checked, never redirected."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from nunatak import __version__
from nunatak.core.errors import Invalid

Resolve = Callable[[str, int], list[str]]
_PORTS = {"http": 80, "https": 443}
_EMBEDDED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

# What some versions of Python take for global: a site's own, of a protocol's assignments, and for documents.
_INNER = tuple(map(ipaddress.ip_network, ("fec0::/10", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "5f00::/16")))


class NotPosted(Exception):
    """That nothing answered, in words for the subscriber."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name; raises OSError for one that has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, kw_only=True)
class Poster:
    """How messages are posted. `private` allows addresses of private networks, `seconds` bounds one post from the
    connection to the answer's head."""

    private: bool = False
    seconds: float = 10
    resolve: Resolve = resolved

    def check(self, url: str, *, path: str) -> None:
        """Raises Invalid, naming the field at `path`, for an address that may not be posted to."""
        try:
            self._target(url)
        except NotPosted as reason:
            raise Invalid(f"This address can't be told of changes: {reason}", (f"{path}: {reason}",)) from None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer; raises NotPosted where there is none. What else the answer says isn't read."""
        parts, addresses = self._target(url)
        try:
            return self._sent(parts, addresses[0], body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotPosted(_words(error)) from None

    def _target(self, url: str) -> tuple[SplitResult, list[str]]:
        """The parts of an address, and where its host is; raises NotPosted unless all of that may be posted to."""
        parts = _parts(url)
        host = parts.hostname or ""
        try:
            addresses = self.resolve(host, parts.port or _PORTS[parts.scheme])
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise NotPosted(f"expected a host that can be found, got {host[:100]!r}")
        if not self.private and not all(map(is_public, addresses)):
            raise NotPosted("expected a host on the public internet; private networks are closed to webhooks here")
        return parts, addresses

    def _sent(self, parts: SplitResult, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Posts over a connection to the very address that was checked: a name may lead elsewhere the next time."""
        port = parts.port or _PORTS[parts.scheme]
        line = socket.create_connection((address, port), timeout=self.seconds)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            line = context.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)
        end = threading.Timer(self.seconds, _cut, (line,))
        end.start()
        try:
            connection = http.client.HTTPConnection(str(parts.hostname), port)
            connection.sock = line  # TLS shakes hands with the first byte that is sent
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            own = {"Host": parts.netloc, "User-Agent": f"nunatak/{__version__}", "Connection": "close"}
            connection.request("POST", path, body, own | dict(headers))
            return connection.getresponse().status
        finally:
            end.cancel()
            line.close()


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet's, whatever it is written as."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _EMBEDDED):  # they lead to an IPv4 address that nobody checks
            return False
    if any(found in network for network in _INNER):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _parts(url: str) -> SplitResult:
    """The parts of an address; raises NotPosted for one that is none of ours."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, fits = urlsplit(""), False
    if not fits or any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise NotPosted("expected an address such as https://example.com/path, in ASCII")
    if parts.username is not None or parts.fragment:
        raise NotPosted("expected an address without a user name and without a fragment")
    return parts


def _cut(line: socket.socket) -> None:
    """Ends a post that takes too long, wherever it is."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _words(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"The certificate isn't trusted: {error.verify_message}"
        case ssl.SSLError():
            return "No secure connection came about"
        case TimeoutError():
            return "No answer in time"
        case ConnectionRefusedError():
            return "The connection was refused"
        case http.client.HTTPException():
            return "The answer was no HTTP, or didn't come in time"
        case _:
            return "The connection failed"
