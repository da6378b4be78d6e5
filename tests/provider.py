"""An OpenID Connect provider: keys of its own, discovery, keys, a page that lets in at once, and tokens, over HTTP."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from nunatak.services.issuers import Trust

CLIENT, SECRET, AUDIENCE = "nunatak", "hush", "https://nunatak.example/api"


class Provider:
    """The provider; `person` are the claims of whoever signs in, `served` counts what was asked."""

    def __init__(self) -> None:
        self.keys: list[Key] = [self.key("first")]
        self.person: dict[str, Any] = {"sub": "ann-1", "email": "ann@example.com", "email_verified": True}
        self.served: dict[str, int] = {}
        self.down = False
        self.changed: dict[str, Any] = {}  # in the document of discovery
        self.token: dict[str, Any] = {}  # over the claims of the next identity token
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @staticmethod
    def key(kid: str) -> Key:
        return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})

    def trust(self, **more: Any) -> Trust:
        given = {"client_secret": SECRET, "audience": AUDIENCE, "name": "Example"} | more
        return Trust(issuer=self.issuer, client_id=CLIENT, **given)

    def signed(self, now: float, key: Key | None = None, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token for the API that is good but for what is given; None leaves a claim out."""
        signing = key or self.keys[-1]
        given = {"iss": self.issuer, "aud": AUDIENCE, "sub": "ann-1", "iat": int(now), "exp": int(now) + 300} | claims
        told = {"alg": "ES256", "kid": signing.kid} | (header or {})
        return signed({name: value for name, value in told.items() if value is not None}, given, signing)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, url: str, body: str, headers: Any) -> tuple[int, dict[str, Any]]:
        path, query = urlsplit(url).path, dict(parse_qs(urlsplit(url).query))
        self.served[path] = self.served.get(path, 0) + 1
        if self.down:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            return 200, self._document() | self.changed
        if path == "/keys":
            return 200, {"keys": [key.as_dict(private=False) for key in self.keys]}
        if path == "/authorize":
            return 302, {"Location": self._let_in({name: values[0] for name, values in query.items()})}
        if path == "/token" and method == "POST":
            return self._token({name: values[0] for name, values in parse_qs(body).items()}, headers)
        return 404, {}

    def _document(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer} | {name: self.issuer + path for name, path in places.items()}

    def _let_in(self, asked: dict[str, str]) -> str:
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def _token(self, form: dict[str, str], headers: Any) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(form["code"], None)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or headers["Authorization"] != basic or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        claims = {"aud": CLIENT, "nonce": asked["nonce"]} | self.person | self.token
        return 200, {"id_token": self.signed(self.now(), **claims), "access_token": "x", "token_type": "Bearer"}

    def now(self) -> float:
        """The provider's clock; tests set it to the service's."""
        raise NotImplementedError

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer("")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def _answer(self, body: str) -> None:
                status, told = provider.answer(self.command, self.path, body, self.headers)
                data = json.dumps(told).encode()
                self.send_response(status)
                if "Location" in told:
                    self.send_header("Location", told["Location"])
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def signed(header: dict[str, Any], claims: dict[str, Any], key: Key) -> str:
    """A token of these words, whatever they are worth."""
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(header, kept, key, algorithms=[header["alg"]])


def unsigned(claims: dict[str, Any]) -> str:
    """A token with the algorithm `none`."""
    return f"{_words({'alg': 'none', 'typ': 'JWT'}, claims).decode()}."


def confused(claims: dict[str, Any], key: Key) -> str:
    """A token signed with HS256, whose secret is the public key: what a careless verifier takes for the issuer's. It is
    made by hand, for the library would refuse to sign so."""
    words = _words({"alg": "HS256", "typ": "JWT", "kid": key.kid}, claims)
    return f"{words.decode()}.{_part(hmac.digest(key.as_pem(private=False), words, 'sha256')).decode()}"


def _words(*parts: dict[str, Any]) -> bytes:
    return b".".join(_part(json.dumps(part).encode()) for part in parts)


def _part(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def rsa(kid: str) -> Key:
    """A key that signs with RS256."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@contextmanager
def running(now: Any) -> Iterator[Provider]:
    """A provider whose clock is `now`, as datetimes."""
    provider = Provider()
    provider.now = lambda: now().timestamp()  # type: ignore[method-assign]
    try:
        yield provider
    finally:
        provider.stop()
