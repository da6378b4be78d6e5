"""Makes the static fonts that ship in src/nunatak/drawing/fonts from the variable ones on PyPI; run it by hand.

    uv run --with uharfbuzz --with fontpkg-inter --with fontpkg-noto-sans --with fontpkg-jetbrains-mono \
        scripts/make_fonts.py

Each font is pinned to one weight, loses its hinting, its private-use characters and every layout feature that is not
needed to place letters (ligatures and contextual alternates would make widths depend on neighbouring words). Noto Sans
keeps only what Inter lacks, without Devanagari. The licence of each family is laid beside its files.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import uharfbuzz as hb

TARGET = Path(__file__).parents[1] / "src/nunatak/drawing/fonts"
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl")
NAMES = {0, 1, 2, 3, 4, 5, 6, 13, 14}  # copyright to postscript name, licence and its address
SOURCES = {
    "inter": ("fontpkg_inter", "Inter[opsz,wght].ttf"),
    "noto-sans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "jetbrains-mono": ("fontpkg_jetbrains_mono", "JetBrainsMono[wght].ttf"),
}
MADE = {
    "inter-400": ("inter", {"wght": 400, "opsz": 14}),
    "inter-600": ("inter", {"wght": 600, "opsz": 14}),
    "jetbrains-mono-400": ("jetbrains-mono", {"wght": 400}),
    "noto-sans-400": ("noto-sans", {"wght": 400, "wdth": 100}),
    "noto-sans-600": ("noto-sans", {"wght": 600, "wdth": 100}),
}
DEVANAGARI = ((0x0900, 0x097F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF), (0x11B00, 0x11B5F))
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


def within(character: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= character <= last for first, last in blocks)


def static(face: hb.Face, characters: set[int], axes: dict[str, float]) -> bytes:
    asked = hb.SubsetInput()
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    asked.unicode_set.set(characters)
    asked.name_id_set.set(NAMES)
    asked.layout_feature_tag_set.clear()  # it starts with the usual features and set() only adds
    asked.layout_feature_tag_set.set({int.from_bytes(tag.encode(), "big") for tag in FEATURES})
    asked.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in (b"STAT", b"gasp", b"DSIG", b"meta")})
    for tag, value in axes.items():
        asked.pin_axis_location(face, tag, value)
    return bytes(hb.subset(face, asked).blob.data)


def main() -> int:
    faces = {}
    for family, (package, file) in SOURCES.items():
        root = resources.files(package)
        faces[family] = hb.Face(hb.Blob((root / "files" / file).read_bytes()))
        (TARGET / f"{family}-OFL.txt").write_text((root / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    inter = set(faces["inter"].unicodes)
    for name, (family, axes) in MADE.items():
        characters = {c for c in faces[family].unicodes if not within(c, PRIVATE)}
        if family == "noto-sans":
            characters = {c for c in characters - inter if not within(c, DEVANAGARI)}
        made = static(faces[family], characters, axes)
        (TARGET / f"{name}.ttf").write_bytes(made)
        sys.stdout.write(f"{name}.ttf: {len(characters)} characters, {len(made):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
