"""One picture for light and dark readers: both drawings, one document, nothing twice."""

from __future__ import annotations

from xml.etree import ElementTree

from nunatak.web.both import joined

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>T</title><desc>D</desc>'
STYLE = b"<style>.a{}</style>"
SYMBOL = b'<symbol id="i-1"><path d="M0 0"/></symbol>'


def drawing(fill: bytes, more: bytes = b"") -> bytes:
    return HEAD + STYLE + b"<defs>" + SYMBOL + more + b'</defs><rect fill="' + fill + b'"/></svg>\n'


def test_both_drawings_are_in_one_document_and_the_reader_sees_one() -> None:
    found = joined(drawing(b"white"), drawing(b"black"))
    root = ElementTree.fromstring(found)
    groups = [child for child in root if child.tag.endswith("}g")]
    assert [group.get("class") for group in groups] == ["nt-day", "nt-night"]
    assert b"prefers-color-scheme:dark" in found
    assert [group.find(".//{*}rect").get("fill") for group in groups] == ["white", "black"]  # type: ignore[union-attr]


def test_what_both_have_is_written_once() -> None:
    found = joined(drawing(b"white"), drawing(b"black", b'<symbol id="i-2"><g/></symbol>'))
    assert found.count(STYLE) == found.count(SYMBOL) == found.count(b"<title>") == 1
    assert b'id="i-2"' in found


def test_what_is_no_picture_stays_as_it_is() -> None:
    assert joined(b"nothing", b"nothing") == b"nothing"
