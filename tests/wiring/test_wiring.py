"""What is chosen where everything is put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from nunatak.core.errors import TooLarge
from nunatak.documents.page import Limits
from nunatak.documents.work import look, read
from nunatak.settings import Settings
from nunatak.wiring import build
from tests.documents import files


def test_the_text_of_a_page_has_a_time_limit_of_its_own(tmp_path: Path) -> None:
    sheet = files.pdf(files.text("PT-1019", 20, 20))
    program = build(Settings(data=tmp_path, render_seconds=60, read_seconds=0))
    try:
        assert len(program.service.documents(look, sheet, Limits()).pages) == 1
        with pytest.raises(TooLarge, match="longer than 0 seconds"):
            program.service.documents(read, sheet, 1, Limits())
    finally:
        program.stop()
