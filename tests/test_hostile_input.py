"""Whatever bytes come in, a reader reads them or refuses them in words; whatever text goes out, it stays text.

`bench/fuzz.py` runs the same trials with as many inputs as one likes.
"""

from __future__ import annotations

import json
import re
import string
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nunatak.api.icepanel.app import all_operations
from nunatak.api.wire import decode_body, decode_query
from nunatak.api.wire.coding import decompressed, preferred
from nunatak.api.wire.limits import Limits
from nunatak.blobs.tokens import Tokens
from nunatak.core.errors import Refusal
from nunatak.core.import_file import LandscapeImportData
from nunatak.core.patch import patched
from nunatak.drawing.bundled import own
from nunatak.drawing.svg import svg
from nunatak.exchange import import_text, native, structurizr
from nunatak.render.options import Options
from nunatak.render.picture import Line, Mark, Picture, Step, Technology, Thing
from nunatak.render.scene import scene
from nunatak.services.pages import place_of

FEW = 25  # inputs to each trial in the suite
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOKENS = Tokens(b"a secret of 16 bytes and more", now=lambda: NOW)
FONTS = own()
OPERATIONS = list(all_operations())
QUERIES = sorted({one.query for one in OPERATIONS if one.query is not None}, key=lambda one: one.__name__)
BODIES = sorted({one.body for one in OPERATIONS if isinstance(one.body, type)}, key=lambda one: one.__name__)

HARM = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "]]><svg onload=alert(1)>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&#x3c;script&#x3e;", "\x00\x1b\x7f\ufffe\ud800", "' onmouseover='x",
    "</title><script>", "</style><script>", "{{7*7}}", "=cmd|' /C calc'!A0", "\r\nSet-Cookie: a=b", "../../etc/passwd",
    "data:text/html,<script>alert(1)</script>", "\u202e\u2066evil", "url(https://x.example/)", "expression(alert(1))",
)  # fmt: skip
WORDS = st.sampled_from(HARM) | st.text(max_size=30)
NAMES = st.sampled_from(
    ("$add", "$update", "$replace", "$remove", "$set", "objects", "labels", "links", "id", "name", "type", "x")
) | st.text(max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@dataclass(frozen=True)
class Trial:
    """What is tried, and the inputs that it is tried with."""

    name: str
    inputs: st.SearchStrategy[Any]
    does: Callable[[Any], None]


def reads(call: Callable[[], object]) -> None:
    """That a call ends, or refuses in words; anything else it raises is a fault."""
    try:
        call()
    except Refusal as refusal:
        told = refusal.message
    else:
        return
    assert told
    assert "Traceback" not in told


def a_query(given: tuple[str | bytes, Any]) -> None:
    reads(lambda: decode_query(given[0], given[1]))


def a_body(given: tuple[bytes, Any]) -> None:
    reads(lambda: decode_body(given[0], given[1], limit=1_000_000))


def a_patch(given: tuple[str, dict[str, Any], dict[str, Any]]) -> None:
    """Operators in any mixture over what is stored: the field has what was added and nothing that was taken away."""
    sort, before, words = given
    old = {"field": before if sort == "map" else list(before)}
    after: dict[str, Any] = {}
    reads(lambda: after.update(patched(old, {"field": words}, {"field": sort})))
    if after and any(word.startswith("$") for word in words):
        added = words.get("$add") or {}
        assert set(added) <= set(after["field"])
        assert not set(words.get("$remove") or ()) & (set(after["field"]) - set(added))
        assert len(set(after["field"])) == len(after["field"])


def an_import(given: tuple[bytes, str]) -> None:
    data, media = given
    reads(lambda: decode_body(import_text.as_json(data, media), LandscapeImportData, limit=1_000_000))


def a_workspace(data: bytes) -> None:
    reads(lambda: structurizr.read(data))
    reads(lambda: native.read(data))


def a_coded_body(given: tuple[bytes, str]) -> None:
    data, coding = given
    preferred(coding)
    reads(lambda: decompressed(data, coding, limit=10_000))


def a_token(token: str) -> None:
    """Nothing that we didn't make is ever taken."""
    for read in (TOKENS.read, lambda word: TOKENS.unseal("upload", word), place_of):
        reads(lambda: read(token))  # type: ignore[operator]  # noqa: B023


def a_changed_token(given: tuple[int, int, str]) -> None:
    at, gone, put = given
    for token, read in (
        (TOKENS.sign("pictures/a.svg", "image/svg+xml", "a.svg"), TOKENS.read),
        (TOKENS.seal("upload", ["o", "f"], seconds=60), lambda word: TOKENS.unseal("upload", word)),
    ):
        changed = token[: at % len(token)] + put + token[at % len(token) + gone :]
        try:
            found = read(changed)
        except Refusal:
            continue
        # The last letter of a signature carries spare bits; what it signs must be the same to the letter.
        assert changed.rpartition(".")[0] == token.rpartition(".")[0], found


def a_body_s_shape(value: Any) -> None:
    reads(lambda: Limits(depth=5, items=3).check(json.dumps(value).encode()))


def a_picture(words: list[str]) -> None:
    drawn = svg(scene(_picture(words), Options(tab="tags", legend=True), FONTS), FONTS)
    assert "<!DOCTYPE" not in drawn
    assert "<?" not in drawn
    for element in ElementTree.fromstring(drawn).iter():  # well-formed, or this raises
        name = str(element.tag).rpartition("}")[2].lower()
        assert name not in ("script", "foreignobject", "iframe", "image", "handler", "set"), name
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].lower()
            assert not plain.startswith("on"), attribute
            assert plain not in ("href", "src") or value.startswith("#"), value
        if name == "style":
            assert not re.search(r"url\((?!data:font)|@import|expression|</", element.text or "")


def _picture(words: list[str]) -> Picture:
    name, caption, other, mark = words
    ids: dict[str, Any] = {"technology_ids": ["t"], "tag_ids": ["g"]}
    return Picture(
        id=name,
        name=caption,
        technologies={"t": Technology(name=other)},
        tags={"g": Mark(name=mark, color="red")},
        things=[
            Thing(id=name, model_id=other, type="app", x=0, y=0, name=name, caption=caption, domain=other, **ids),
            Thing(id=f"{name}b", model_id="b", type="actor", x=384, y=0, height=160, name=mark, icon_id=other),
            Thing(id="e", model_id=caption, type="system", shape="area", x=0, y=320, width=512, height=384, name=other),
        ],
        lines=[Line(id=mark, model_id=name, origin_id=name, target_id=f"{name}b", name=other, via=caption, **ids)],
        flow=mark,
        steps=[Step(id=caption, sort="message", number=1, text=name, line_id=mark, origin_id=name)],
    )


_KEYS = st.sampled_from(("a", "b", "$add", "c")) | st.text(max_size=4)
_ENTRIES = st.dictionaries(_KEYS, st.dictionaries(NAMES, WORDS, max_size=2), max_size=4)
_LIST = st.lists(_KEYS, max_size=4)
_MAP_WORDS = st.fixed_dictionaries(
    {},
    optional={
        "$add": _ENTRIES | st.none(),
        "$update": _ENTRIES | st.none(),
        "$replace": _ENTRIES | st.none(),
        "$remove": _LIST | st.none(),
        "$set": WORDS,
    },
)
_LIST_WORDS = st.fixed_dictionaries({}, optional={"$add": _LIST | st.none(), "$remove": _LIST | st.none(), "$x": WORDS})
_BYTES = st.binary(max_size=200)
_ENCODED = JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
_YAML = st.text("-:&*!<>|{}[]#%@`'\" \nabc01.~\t", max_size=80).map(lambda text: text.encode())
_FILE = st.fixed_dictionaries(
    {},
    optional={
        "modelObjects": st.lists(st.dictionaries(NAMES, JSON, max_size=5), max_size=3),
        "modelConnections": JSON,
        "tags": JSON,
        "tagGroups": JSON,
        "model": JSON,
        "views": JSON,
        "name": WORDS,
    },
).map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
_MEDIA = st.sampled_from(("", "application/json", "application/yaml", "text/yaml; x"))
_DUMPED = JSON.map(lambda value: yaml.safe_dump(value).encode("utf-8", "surrogatepass"))

TRIALS = (
    Trial(
        "query",
        st.tuples(st.text("filter[]typelabs%5BD=&,01$not.null+é\0;", max_size=80) | _BYTES, st.sampled_from(QUERIES)),
        a_query,
    ),
    Trial("body", st.tuples(_ENCODED | _BYTES | _FILE, st.sampled_from(BODIES)), a_body),
    Trial(
        "patch",
        st.tuples(st.just("map"), _ENTRIES, _MAP_WORDS) | st.tuples(st.just("list"), _ENTRIES, _LIST_WORDS),
        a_patch,
    ),
    Trial("import", st.tuples(_FILE | _ENCODED | _YAML | _DUMPED | _BYTES, _MEDIA), an_import),
    Trial("workspace", _FILE | _ENCODED | _BYTES, a_workspace),
    Trial(
        "coding",
        st.tuples(
            _BYTES | _BYTES.map(zlib.compress) | _BYTES.map(lambda data: zlib.compress(data, wbits=31)),
            st.text("gzip, zstd;q=0.51*identy", max_size=20) | st.sampled_from(("gzip", "zstd", "gzip, gzip")),
        ),
        a_coded_body,
    ),
    Trial("token", st.text(string.printable, max_size=80) | st.text("AZaz09-_.", max_size=80), a_token),
    Trial(
        "changed-token",
        st.tuples(st.integers(0, 300), st.integers(0, 4), st.text("AZaz09-_.", max_size=3)).filter(
            lambda change: change[1] or change[2]
        ),
        a_changed_token,
    ),
    Trial("shape", JSON, a_body_s_shape),
    Trial("svg", st.lists(WORDS, min_size=4, max_size=4), a_picture),
)


def try_out(trial: Trial, *, most: int, derandomize: bool = True) -> int:
    """Runs a trial with up to so many inputs, and says how many there were."""
    count = 0

    @settings(
        max_examples=most,
        deadline=None,
        derandomize=derandomize,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(trial.inputs)
    def tried(value: Any) -> None:
        nonlocal count
        count += 1
        trial.does(value)

    tried()
    return count


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_no_input_does_worse_than_be_refused(trial: Trial) -> None:
    assert try_out(trial, most=FEW) > 0
