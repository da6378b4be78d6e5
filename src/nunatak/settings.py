"""All settings, in one table: each has a meaning, a default, and the variable that sets it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nunatak.core.errors import Invalid, NotFound

_DATA = Path("data")
# Variables of ours that set nothing of a server: where settings are, a key for commands, one for tests.
_NO_SETTINGS = ("NUNATAK_SETTINGS", "NUNATAK_API_KEY", "NUNATAK_WRITE_LOOKS")


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a server or command runs. The variable of a field is NUNATAK_ and its name in capitals."""

    host: str = _setting("127.0.0.1", "address to listen on; 0.0.0.0 is everyone's")
    port: int = _setting(8400, "port to listen on; 0 takes a free one")
    data: Path = _setting(_DATA, "folder of the database, the files and the secrets")
    database: str = _setting("", "SQLAlchemy address of the database; empty is SQLite in the data folder")
    blobs: str = _setting("", "address of the file storage, file:// or s3://; empty is the data folder")
    secret: str = _setting(
        "",
        "secret of the installation as 32 or more hexadecimal digits, the same for all its processes; empty is the file"
        " in the data folder, which the first start makes",
    )
    workers: int = _setting(1, "processes that serve; more than one need PostgreSQL")
    jobs: str = _setting(
        "all", "kinds of jobs that this process does, with commas: all, none, or some of those in the table of jobs"
    )
    concurrency: str = _setting(
        "", "how many jobs of a kind a process does at once, where not the default, such as render-image=8"
    )
    public_url: str = _setting("", "address under which clients reach the server; empty takes the request's own")
    render_workers: int = _setting(2, "processes that draw pictures")
    render_seconds: int = _setting(120, "how long one picture may take")
    read_seconds: int = _setting(300, "how long the text of one page of a drawing may take to be read")
    render_memory_mb: int = _setting(4096, "address space of one drawing process")
    keep_export_days: int = _setting(7, "how long the files of an export stay")
    keep_picture_days: int = _setting(30, "how long a finished picture stays that no export names any more")
    keep_log_days: int = _setting(0, "how long the log's entries stay; 0 is for good")
    keep_job_days: int = _setting(7, "how long the job engine's notes of what it has done stay")
    housekeeping_minutes: int = _setting(60, "how often what has run out is removed")
    body_limit_mb: int = _setting(32, "largest request body, counted without compression")
    drawings_body_limit_mb: int = _setting(256, "largest request body of the drawings' API, which may list entities")
    json_depth: int = _setting(64, "how deep the JSON of a request may be nested")
    list_items: int = _setting(10_000, "how many ids or other values may stand in one list of a request's body")
    query_kb: int = _setting(32, "largest query of a request")
    query_keys: int = _setting(1_000, "most keys and values in a query")
    page_items: int = _setting(0, "most things in one page of a list; 0 gives those whole that are asked for whole")
    queue_jobs: int = _setting(
        1_000, "jobs of an organization (exports, imports, detections) that may wait and run; 0 is no bound"
    )
    sign_ins: int = _setting(8, "sign-ins that one process checks at once; 0 is no bound")
    sign_in_failures: int = _setting(30, "sign-ins that may fail a minute from one address; 0 is no bound")
    oidc_issuer: str = _setting(
        "", "OpenID Connect issuer that people sign in with and whose tokens open both APIs; needs NUNATAK_PUBLIC_URL"
    )
    oidc_name: str = _setting("", "what the sign-in page calls the issuer; empty is its host")
    oidc_client_id: str = _setting("", "this server's client id at the issuer")
    oidc_client_secret: str = _setting("", "this server's secret at the issuer; empty for a public client")
    oidc_audience: str = _setting("", "whom the issuer's bearer tokens must be for; empty takes none at the APIs")
    oidc_scopes: str = _setting("openid email profile", "scopes that are asked for at sign-in")
    oidc_algorithms: str = _setting("RS256,PS256,ES256,EdDSA", "algorithms that the issuer's tokens may be signed with")
    oidc_any_email: int = _setting(0, "1 takes the issuer's e-mail addresses for proved where it doesn't say")
    oidc_skew_seconds: int = _setting(60, "how far the issuer's clock may differ")
    cors_origins: str = _setting(
        "", "origins of other web pages that may call, such as https://a.example, with commas; `*` is every one"
    )
    rate_limits: str = _setting(
        "",
        "requests a minute and caller: `hosted` as the hosted product has it, or reads=600,writes=120,user=20",
    )
    keep_answers_hours: int = _setting(24, "how long the answer to an Idempotency-Key is kept")
    webhook_private: int = _setting(0, "1 lets webhooks go to private networks and to this machine")
    webhook_seconds: float = _setting(10.0, "how long the receiver of a webhook may take to answer")
    webhook_attempts: int = _setting(8, "how often a webhook is sent before it is given up")
    webhook_wait: float = _setting(
        30.0, "seconds before a webhook is sent again; each further wait is four times as long, up to six hours"
    )
    trust_proxy: int = _setting(0, "1 takes the caller's address from X-Forwarded-For: only behind a proxy of yours")
    metrics: str = _setting(
        "local",
        "who may read /metrics: local is programs on this machine that come through no proxy, all is everybody, off is"
        " nobody",
    )
    traces: str = _setting(
        "",
        "address that takes traces as OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces; needs nunatak[traces];"
        " empty is none",
    )
    worker_port: int = _setting(0, "port at which a worker answers /healthz, /readyz and /metrics; 0 is none")
    log_format: str = _setting("text", "text or json: how log lines look")

    @staticmethod
    def from_env(env: Mapping[str, str], **given: Any) -> Settings:
        """The settings of an environment, over which what is given (and not None) counts. Raises Invalid naming the
        variable for a value that doesn't fit."""
        found: dict[str, Any] = {}
        for one in fields(Settings):
            text = env.get(variable(one.name))
            if text is not None:
                found[one.name] = _typed(one.name, text, type(one.default))
        found |= {name: value for name, value in given.items() if value is not None}
        return Settings(**found).fit()

    def fit(self) -> Settings:
        """Itself, unless a value can't be meant. Raises Invalid naming the variable."""
        for name in ("port", "worker_port"):
            if not 0 <= (port := getattr(self, name)) <= 65_535:
                raise _unfit(name, f"expected 0 to 65535, got {port}")
        if not re.match(r"(sqlite(\+pysqlite)?|postgresql(\+psycopg)?)://|$", self.database):  # its password isn't told
            raise _unfit("database", "expected postgresql+psycopg://USER:PASSWORD@HOST/NAME or sqlite:///FILE")
        return self

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.database or f"sqlite:///{self.data.absolute() / 'nunatak.db'}"

    @property
    def blobs_url(self) -> str:
        """The file storage's address."""
        return self.blobs or f"file://{self.data.absolute() / 'blobs'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file that belongs to one process."""
        return self.database_url.startswith("sqlite")

    def works(self, kinds: Collection[str]) -> list[str]:
        """Those of the kinds of jobs that this process does. Raises Invalid naming the variable."""
        words = [word.strip() for word in self.jobs.split(",") if word.strip()]
        if words in (["all"], ["none"]):
            return list(kinds) if words == ["all"] else []
        return [_kind("jobs", word, kinds) for word in words]

    def at_once(self, kinds: Collection[str]) -> dict[str, int]:
        """How many jobs of a kind are done at once, for the kinds that the setting names. Raises Invalid."""
        found: dict[str, int] = {}
        for part in filter(None, (part.strip() for part in self.concurrency.split(","))):
            name, _, figure = (piece.strip() for piece in part.partition("="))
            if not figure.isdecimal() or int(figure) < 1:
                raise _unfit("concurrency", f"expected KIND=NUMBER such as render-image=8, got {part!r}")
            found[_kind("concurrency", name, kinds)] = int(figure)
        return found

    def environment(self) -> dict[str, str]:
        """The variables that give another process these very settings."""
        return {variable(one.name): str(getattr(self, one.name)) for one in fields(self)}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"NUNATAK_{name.upper()}"


def _typed(name: str, text: str, type_: type[Any]) -> Any:
    try:
        return Path(text) if issubclass(type_, Path) else type_(text)
    except ValueError:
        expected = "a whole number" if type_ is int else "a number"
        raise _unfit(name, f"expected {expected}, got {text!r}") from None


def read_settings(path: Path) -> dict[str, str]:
    """The variables of a file with a NAME=value a line, as service managers and containers read them; # begins a
    comment. Raises NotFound, and Invalid naming the line."""
    try:
        lines = path.read_text().splitlines()
    except OSError as error:
        raise NotFound(f"The settings in {path} can't be read: {error.strerror}") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, equals, value = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not equals or name not in {variable(one.name) for one in fields(Settings)}:
            expected = f"expected NAME=value with a variable of the table of settings, got {line.strip()!r}"
            raise Invalid(f"{path} is not valid", (f"line {number}: {expected}",))
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        found[name] = value[1:-1] if quoted else value
    return found


def strangers(env: Mapping[str, str]) -> list[str]:
    """What to say of the variables that begin as settings do and are none."""
    known = [*(variable(one.name) for one in fields(Settings)), *_NO_SETTINGS]
    return [
        f"{name} is not known and has no effect" + "".join(f"; {one} is" for one in get_close_matches(name, known, 1))
        for name in sorted(env)
        if name.startswith("NUNATAK_") and name not in known
    ]


def _kind(name: str, word: str, kinds: Collection[str]) -> str:
    if word not in kinds:
        raise _unfit(name, f"expected one of {', '.join(sorted(kinds))}; got {word!r}")
    return word


def _unfit(name: str, expected: str) -> Invalid:
    return Invalid(f"{variable(name)} is not valid", (f"{variable(name)}: {expected}",))


def table() -> list[tuple[str, str, str]]:
    """Variable, default and meaning of every setting, for the docs."""
    return [(variable(one.name), str(one.default), one.metadata["meaning"]) for one in fields(Settings)]
