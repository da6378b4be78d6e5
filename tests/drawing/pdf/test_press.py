"""What the pages of a document share."""

from nunatak.drawing.pdf.letters import Letters
from nunatak.drawing.pdf.objects import File
from nunatak.drawing.pdf.press import Press
from tests.drawing.pdf.pages import FONTS


def test_forms_states_patterns_and_fonts_are_named_in_one_dictionary():
    file = File()
    press = Press(file=file, letters=Letters(FONTS), resources=file.reserve())
    name = press.form(b"0 0 m", (0, 0, 1, 1), {"Matrix": "[2 0 0 2 0 0]"})
    press.states["/ca 0.5"] = "g0"
    press.letters.shown("mono", "a")
    press.finish()
    data = file.written(root=1, info=1)
    first = data.split(b"endobj")[0]
    assert b"/ExtGState <</g0 <</ca 0.5>>>>" in first
    assert b"/XObject <</%s 2 0 R>>" % name.encode() in first
    assert b"/Font <</mono " in first
    assert b"/BBox [0 0 1 1]/Resources 1 0 R/Matrix [2 0 0 2 0 0]" in data
