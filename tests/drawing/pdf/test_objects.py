"""PDF syntax."""

import re
import zlib

import pytest

from nunatak.drawing.pdf.objects import File, dictionary, real, reference, words


def test_a_file_points_to_where_each_object_begins():
    file = File()
    late = file.reserve()
    stream = file.stream(b"0 0 m", {"Subtype": "/Form"})
    file.put(late, dictionary({"Type": "/Catalog"}))
    data = file.written(root=late, info=stream)
    table = [int(found) for found in re.findall(rb"(\d{10}) 00000 n ", data)]
    assert [data[at:].split(b"\n")[0] for at in table] == [b"1 0 obj", b"2 0 obj"]
    assert data[int(re.search(rb"startxref\n(\d+)", data)[1]) :].startswith(b"xref\n0 3\n")
    assert data.endswith(b"%%EOF\n")


def test_a_stream_is_compressed_and_tells_its_length():
    file = File()
    number = file.stream(b"words " * 100)
    body = file.written(root=number, info=number)
    length = int(re.search(rb"/Length (\d+)", body)[1])
    start = body.index(b"stream\n") + 7
    assert zlib.decompress(body[start : start + length]) == b"words " * 100


def test_the_identifier_is_the_contents_own():
    def made(text):
        file = File()
        return re.search(rb"/ID \[<(\w+)>", file.written(root=file.add(text), info=1))[1]

    assert made("(a)") == made("(a)") != made("(b)")


@pytest.mark.parametrize(
    ("given", "written"),
    [("a(b)\\c", "(a\\(b\\)\\\\c)"), ("ü", "<feff00fc>"), ("𝄞", "<feffd834dd1e>"), ("a\n\x00b", "(a b)")],
)
def test_words_are_escaped(given, written):
    assert words(given) == written


@pytest.mark.parametrize(("given", "written"), [(1.0, "1"), (-0.000001, "0"), (1 / 3, "0.33333"), (1e6, "1000000")])
def test_numbers_have_no_exponent(given, written):
    assert real(given) == written


def test_references_name_an_object():
    assert reference(7) == "7 0 R"
