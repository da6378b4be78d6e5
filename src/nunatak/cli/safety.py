"""What of an installation's settings is unsafe, each in words that say what to do."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from nunatak.settings import Settings
from nunatak.wiring.secret import path_of, read

_LEAST_DIGITS = 10  # of sixteen, that 32 drawn by chance have; a keyboard's repetition has fewer
_USUAL_PASSWORDS = ("", "nunatak", "postgres", "password", "secret", "changeme", "admin")
_UNBOUND = ("queue_jobs", "sign_ins", "sign_in_failures")


def unsafe(settings: Settings) -> Iterator[tuple[str, str]]:
    """The name of each setting that is unsafe, and why."""
    if not is_local(settings.host) and not settings.public_url.startswith("https://"):
        yield (
            "listening",
            f"{settings.host} is open to the network without TLS: put a proxy before it and set NUNATAK_PUBLIC_URL",
        )
    yield from _secrets(settings)
    yield from _storages(settings)
    if settings.webhook_private:
        yield "webhooks", "NUNATAK_WEBHOOK_PRIVATE lets administrators of organizations post to your private networks"
    if "*" in settings.cors_origins:
        yield "origins", "NUNATAK_CORS_ORIGINS lets every web page call: name the ones that may"
    if settings.metrics == "all":
        yield "metrics", "NUNATAK_METRICS tells everybody what is done here: take local, or guard /metrics in a proxy"
    if settings.trust_proxy and not is_local(settings.host):
        yield (
            "proxy",
            "NUNATAK_TRUST_PROXY believes whoever reaches this address: listen where only the proxy does",
        )
    for name in _UNBOUND:
        if not getattr(settings, name):
            yield "bounds", f"NUNATAK_{name.upper()} is 0, so one caller can take all there is"


def is_local(host: str) -> bool:
    """Whether an address or name is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _secrets(settings: Settings) -> Iterator[tuple[str, str]]:
    path = path_of(settings)
    text = settings.secret or (path.read_text() if path.exists() else "")
    found = read(text, "the secret") if text else ()
    if any(len(set(one.hex())) < _LEAST_DIGITS for one in found):
        yield (
            "secret",
            "The secret can be guessed: make one with `openssl rand -hex 32`, or run `nunatak secret rotate`",
        )
    if len(found) > 1:
        yield "secret", f"{len(found) - 1} older secrets still open what they made: `nunatak secret forget` ends that"


def _storages(settings: Settings) -> Iterator[tuple[str, str]]:
    database = urlsplit(settings.database)
    if database.hostname and not is_local(database.hostname) and (database.password or "") in _USUAL_PASSWORDS:
        yield "database", "The database's password is a usual one, or there is none: set another"
    blobs = parse_qs(urlsplit(settings.blobs).query)
    endpoint = urlsplit(blobs.get("endpoint", [""])[0]).hostname or ""
    if blobs.get("allow_http") == ["true"] and not is_local(endpoint):
        yield "files", "NUNATAK_BLOBS goes without TLS: files and the key to them can be read on the way"
