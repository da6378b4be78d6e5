"""Fonts: how wide a text is, which font draws which part of it, and the smallest font that draws it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple, cast
from unicodedata import normalize

from nunatak.drawing import bidi, scripts, woff
from nunatak.drawing.characters import clings, clusters, estimate
from nunatak.drawing.face import UNSEEN, Face
from nunatak.drawing.scene import FontKey
from nunatak.drawing.scripts import SCRIPTS

# Who draws what the first one lacks, in turn; then the scripts' own fonts. What nobody has stays with the fallback.
CHAINS: dict[FontKey, tuple[FontKey, ...]] = {
    "sans": ("sans", "fallback", "mono"),
    "sans-semibold": ("sans-semibold", "fallback-semibold", "mono"),
    "mono": ("mono", "sans", "fallback"),
    "fallback": ("fallback", "sans", "mono"),
    "fallback-semibold": ("fallback-semibold", "sans-semibold", "mono"),
}
WEIGHTS = {"": 400, "-semibold": 600}
ASCII = frozenset(map(chr, range(32, 127)))
_CACHED_SUBSETS = 64
_SIGNS = ("emoji", "symbols")  # whose spaces are as wide as they are


class Extra(NamedTuple):
    """A variable font that may be there: how to get its file, and which font of the file it is."""

    load: Callable[[], bytes]
    place: int = 0


class Run(NamedTuple):
    """A part of a line that one font draws in one direction."""

    font: FontKey
    text: str
    leftward: bool = False


class Fonts:
    """The fonts that everything is measured and drawn with: static TrueType files by key, without ligatures and
    contextual alternates. A key may be missing; the others of its chain stand in for it. `extras` are those of scripts,
    loaded when a text first needs them."""

    def __init__(self, files: Mapping[FontKey, bytes], extras: Mapping[str, Extra] | None = None) -> None:
        self._faces = {key: Face(file) for key, file in files.items()}
        self._extras = dict(extras or {})
        self._chains = {
            key: tuple(k for k in chain if k in self._faces) or tuple(self._faces) for key, chain in CHAINS.items()
        }
        self._subset = lru_cache(maxsize=_CACHED_SUBSETS)(self._make_subset)
        self._embedded = lru_cache(maxsize=_CACHED_SUBSETS)(self._make_embedded)

    @cached_property
    def keys(self) -> tuple[FontKey, ...]:
        """The bundled fonts' keys that have a file, in a fixed order."""
        return tuple(key for key in CHAINS if key in self._faces)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that have a font of their own, in the order in which they are asked."""
        return tuple(name for name in SCRIPTS if name in self._extras)

    def width(self, text: str, font: FontKey, size: float) -> float:
        """The advance in units of one line of text at `size`, drawn run by run as `runs` splits it."""
        face = self._faces.get(font)
        if face is not None and face.coverage.issuperset(text):
            return face.advance(text) * size
        return sum(self._run_advance(run.font, run.text) for run in self.runs(text, font)) * size

    def runs(self, text: str, font: FontKey, *, leftward: bool = False) -> list[Run]:
        """The text as pieces that are each drawn in one font, from the left to the right; characters that no font has
        stay with the fallback, marks and joiners with what they belong to. `leftward`: the text's paragraph begins at
        the right."""
        face = self._faces.get(font)
        if not leftward and face is not None and face.coverage.issuperset(text):
            return [Run(font, text)] if text else []
        levels, place, pieces = bidi.levels(text, leftward=leftward), 0, list[tuple[int, tuple[FontKey, str]]]()
        for key, piece, length in self._by_font(text, font):
            pieces.append((levels[place], (key, piece)))
            place += length
        groups = groupby(pieces, key=lambda piece: (piece[0], piece[1][0]))
        runs = [
            (level, Run(key, "".join(piece for _, (_, piece) in run), bool(level % 2))) for (level, key), run in groups
        ]
        return [run for _, run in bidi.ordered(runs)]

    def advance(self, run: Run, size: float) -> float:
        """The advance in units of one run at `size`."""
        return self._run_advance(run.font, run.text) * size

    def missing(self, text: str) -> set[str]:
        """The characters of the text that no font has."""
        if self._faces["sans"].coverage.issuperset(text):
            return set()
        runs = self.runs(text, "sans")
        lost = {c for run in runs for c in run.text if c not in self._faces[run.font].coverage and not clings(c)}
        return lost | (set(text) - {c for run in runs for c in run.text} - UNSEEN)

    def has(self, font: FontKey) -> bool:
        """Whether there is a file for the key itself; one of a script's fonts is loaded for it."""
        return font in self._faces or self._loaded(font) is not None

    def covers(self, font: FontKey, text: str) -> bool:
        """Whether the font has every character of the text."""
        return self.has(font) and self._faces[font].coverage.issuperset(text)

    def face(self, font: FontKey) -> Face:
        """The font file behind a key, or the one that stands in for it."""
        return self._faces[font if self.has(font) else self._chains.get(font, self._chains["fallback"])[0]]

    def ascent(self, font: FontKey, size: float) -> float:
        """Units from the baseline up to the top of the font's line."""
        return self.face(font).ascent * size

    def descent(self, font: FontKey, size: float) -> float:
        """Units from the baseline down to the bottom of the font's line."""
        return self.face(font).descent * size

    def subset(self, font: FontKey, characters: frozenset[str]) -> bytes:
        """A font file of just these characters and ASCII, placed exactly as in the whole font."""
        return self._subset(font, self._drawn(font, characters))

    def embedded(self, font: FontKey, characters: frozenset[str]) -> str:
        """The same subset as the `data:` address of a WOFF2 file, for `@font-face`."""
        return self._embedded(font, self._drawn(font, characters))

    def coverage(self, font: FontKey, characters: frozenset[str]) -> frozenset[str]:
        """The characters that `subset` and `embedded` put into the file for these."""
        return self._drawn(font, characters)

    def _drawn(self, font: FontKey, characters: frozenset[str]) -> frozenset[str]:
        # ASCII always goes in: most pictures then share one subset, made once in a process. Scripts' fonts get a space,
        # which stands for all that shows nothing.
        if font in CHAINS:
            return self.face(font).coverage & (characters | ASCII)
        parts = normalize("NFKD", "".join(sorted(characters)))  # some vowels are drawn as the two signs that they are
        return self.face(font).coverage & (characters | UNSEEN | {" ", *parts})

    def _make_subset(self, font: FontKey, characters: frozenset[str]) -> bytes:
        return self._faces[font].subset(characters)

    def _make_embedded(self, font: FontKey, characters: frozenset[str]) -> str:
        return "data:font/woff2;base64," + b64encode(woff.write(self._subset(font, characters))).decode()

    def _by_font(self, text: str, font: FontKey) -> Iterator[tuple[FontKey, str, int]]:
        """The text's characters with their marks in reading order, and how long each is in the text. Signs and spaces
        within a script's words are drawn in its font. Marks on a letter that its font lacks are left out."""
        pieces = clusters(text)
        lengths = list(map(len, pieces))
        known = {piece: self._font_of(piece, text, font) for piece in dict.fromkeys(pieces)}
        keys = [known[piece] for piece in pieces]
        for place, (key, piece) in enumerate(zip(keys, pieces, strict=True)):
            if len(piece) > 1 and piece[0] in self._faces[key].coverage:
                pieces[place] = "".join(filter(self._faces[key].coverage.__contains__, piece))
        start = 0
        while start < len(keys):
            end = start
            while end < len(keys) and keys[end] in CHAINS and not pieces[end].isalnum():
                end += 1
            within = 0 < start < end < len(keys) and keys[start - 1] == keys[end] and not keys[end].startswith(_SIGNS)
            if within and self._faces[keys[end]].coverage.issuperset("".join(pieces[start:end])):
                keys[start:end] = [keys[end]] * (end - start)
            start = end + 1
        yield from zip(keys, pieces, lengths, strict=True)

    def _font_of(self, cluster: str, text: str, font: FontKey) -> FontKey:
        chain = self._chains[font]
        if not (len(cluster) > 1 and scripts.pictograph(cluster)):
            for key in chain:
                if self._faces[key].coverage.issuperset(cluster):
                    return key
        others = [key for key in self._script_keys(cluster, text, font) if self.has(key)]
        for shown in (cluster, cluster[0]):
            for key in (*others, *chain):
                if self._faces[key].coverage.issuperset(shown):
                    return key
        return next((key for key in chain if key.startswith("fallback")), chain[-1])

    def _script_keys(self, cluster: str, text: str, font: FontKey) -> Iterator[FontKey]:
        bold = "-semibold" if font.endswith("-semibold") else ""
        for name in scripts.of(cluster, text):
            yield cast(FontKey, name + bold)

    def _loaded(self, font: FontKey) -> Face | None:
        """A script's font, read when it is first asked for; None where there is none."""
        name = font.removesuffix("-semibold")
        extra = self._extras.get(name)
        if extra is not None and font not in self._faces:
            weight = WEIGHTS[font.removeprefix(name)]
            self._faces[font] = Face(extra.load(), index=extra.place, weight=weight)
        return self._faces.get(font)

    def _run_advance(self, font: FontKey, run: str) -> float:
        face = self.face(font)
        if face.coverage.issuperset(run):
            return face.advance(run)
        # A joiner counts as unknown even where the font has it: it belongs to the pictographs round it.
        parts = groupby(run, lambda character: character in face.coverage and not clings(character))
        pieces = ((known, "".join(part)) for known, part in parts)
        return sum(face.advance(piece) if known else estimate(piece) for known, piece in pieces)
