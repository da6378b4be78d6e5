"""The OCR engine's two networks: where text stands in a grey image, and what a line of text says.

The models come inside the `rapidocr` wheel and run on `onnxruntime`; nothing is downloaded. Both are the optional part
`nunatak[ocr]`.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from nunatak.documents.errors import NoReader

Grey = NDArray[numpy.uint8]
_DETECTOR, _RECOGNIZER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
LINE_HEIGHT = 48  # what the recognizer was trained on, in pixels
_STRIDE = 32
_BATCH_COLUMNS = 1600  # pixel columns of one batch: enough to be quick, little enough to be small
_THREADS = 2


class Letter(NamedTuple):
    """A recognized character, its certainty (0..1) and its place along the line (0..1)."""

    text: str
    certainty: float
    place: float


def certainty(letters: Sequence[Letter]) -> float:
    """How sure a text was read, 0..1: the mean of its letters; 0 for none."""
    return sum(letter.certainty for letter in letters) / len(letters) if letters else 0.0


class Engine:
    """The loaded networks; for one thread at a time."""

    def __init__(self, models: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # there are other processes
        options.enable_cpu_mem_arena = False  # widths differ from batch to batch; an arena would only grow
        open_model = functools.partial(onnxruntime.InferenceSession, providers=["CPUExecutionProvider"])
        self._detector: Any = open_model(str(models / _DETECTOR), options)
        self._recognizer: Any = open_model(str(models / _RECOGNIZER), options)
        told = self._recognizer.get_modelmeta().custom_metadata_map["character"]
        self._characters = ["", *told.splitlines(), " "]

    def detect(self, tile: Grey) -> NDArray[numpy.float32]:
        """How likely each pixel of a tile belongs to text, 0..1; its sides are multiples of 32."""
        fed = (tile.astype(numpy.float32) / 127.5 - 1)[None, None].repeat(3, axis=1)
        likely: NDArray[numpy.float32] = self._detector.run(None, {"x": fed})[0][0, 0]
        return likely

    def recognize(self, lines: Sequence[Grey]) -> list[list[Letter]]:
        """The letters of each line, which is an image LINE_HEIGHT pixels high."""
        found: list[list[Letter]] = [[] for _ in lines]
        order = sorted(range(len(lines)), key=lambda index: (lines[index].shape[1], index))
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and (end - start + 1) * _padded(lines[order[end]]) <= _BATCH_COLUMNS:
                end += 1
            batch = order[start:end]
            for index, letters in zip(batch, self._batch([lines[index] for index in batch]), strict=True):
                found[index] = letters
            start = end
        return found

    def _batch(self, lines: Sequence[Grey]) -> list[list[Letter]]:
        width = max(_padded(line) for line in lines)
        fed = numpy.zeros((len(lines), 3, LINE_HEIGHT, width), numpy.float32)
        for row, line in zip(fed, lines, strict=True):
            row[:, :, : line.shape[1]] = line.astype(numpy.float32) / 127.5 - 1
        likely = self._recognizer.run(None, {"x": fed})[0]
        best, certain = likely.argmax(axis=2), likely.max(axis=2)
        steps = best.shape[1]
        return [
            self._letters(codes, chances, steps * line.shape[1] / width)
            for codes, chances, line in zip(best, certain, lines, strict=True)
        ]

    def _letters(self, codes: NDArray[Any], chances: NDArray[Any], steps: float) -> list[Letter]:
        letters: list[Letter] = []
        for step, code in enumerate(codes):
            if code and (step == 0 or codes[step - 1] != code):
                place = min(1.0, (step + 0.5) / steps)
                letters.append(Letter(self._characters[code], float(chances[step]), place))
        return letters


@functools.cache
def engine() -> Engine:
    """This process's engine. Raises NoReader where it isn't installed."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.origin or importlib.util.find_spec("onnxruntime") is None:
        raise NoReader("The page's text is drawn, not written, and no OCR engine is installed: install nunatak[ocr]")
    return Engine(Path(found.origin).parent / "models")


def installed() -> bool:
    """Whether there is an OCR engine."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def _padded(line: Grey) -> int:
    width: int = max(line.shape[1], LINE_HEIGHT)
    return -(-width // _STRIDE) * _STRIDE
