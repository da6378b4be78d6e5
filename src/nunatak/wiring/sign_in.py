"""The issuer of the settings, checked before anybody asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from nunatak.core.errors import Invalid
from nunatak.services.fetching import NotFetched, fetched, require_safe
from nunatak.services.issuers import ALGORITHMS, Issuer, Trust
from nunatak.settings import Settings, variable

_LONGEST_SKEW = 300


def issuer_of(settings: Settings, *, now: Callable[[], datetime]) -> Issuer | None:
    """The issuer that is trusted; None where none is set. Raises Invalid naming the variable."""
    if not settings.oidc_issuer:
        return None
    algorithms = tuple(filter(None, (word.strip() for word in settings.oidc_algorithms.split(","))))
    _require_fit(settings, algorithms)
    trust = Trust(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        audience=settings.oidc_audience,
        name=settings.oidc_name,
        scopes=settings.oidc_scopes,
        algorithms=algorithms,
        any_email=bool(settings.oidc_any_email),
        skew=timedelta(seconds=settings.oidc_skew_seconds),
    )
    return Issuer(trust, fetch=fetched, now=now)


def _require_fit(settings: Settings, algorithms: tuple[str, ...]) -> None:
    try:
        require_safe(settings.oidc_issuer, name=variable("oidc_issuer"))
    except NotFetched as error:
        raise Invalid("The issuer is not valid", (str(error),)) from None
    faults = (
        (not settings.public_url, "public_url", "expected the server's address, which the issuer leads back to"),
        (not settings.oidc_client_id, "oidc_client_id", "expected this server's client id at the issuer"),
        (
            not algorithms or not set(algorithms) <= set(ALGORITHMS),
            "oidc_algorithms",
            f"expected some of {', '.join(ALGORITHMS)}",
        ),
        (
            not 0 <= settings.oidc_skew_seconds <= _LONGEST_SKEW,
            "oidc_skew_seconds",
            f"expected 0 to {_LONGEST_SKEW}",
        ),
    )
    found = tuple(f"{variable(name)}: {expected}" for is_wrong, name, expected in faults if is_wrong)
    if found:
        raise Invalid("The sign-in is not set up", found)
