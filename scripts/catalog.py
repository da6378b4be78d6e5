"""Makes the technology catalog that ships in src/nunatak/catalog from three icon sets; run it by hand.

    npm pack @iconify-json/logos @iconify-json/devicon @iconify-json/simple-icons simple-icons devicon
    for set in *.tgz; do mkdir -p ${set%.tgz} && tar xzf $set -C ${set%.tgz}; done
    uv run --with resvg --with pillow --with msgspec scripts/catalog.py FOLDER

FOLDER holds the unpacked sets. A colour icon is taken before one in the brand's colour, a square one before a word;
icons of simple-icons with a licence of their own are left out (their names and colours, facts under CC0, are used).
The file is a zip: `technologies.json`, and icons by the block of 64 technologies, so that one is read without the rest.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import resvg
from catalog_icons import body, colors, forced, lightness, plain_color, tinted, variants
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from nunatak.exchange.color import nearest

TARGET = Path(__file__).parents[1] / "src/nunatak/catalog"
BLOCK = 64
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OFFICES = set(WORDS["offices"].split())
BRANDS = set(WORDS["brands"].split())
PROVIDERS = {key: provider for provider, keys in WORDS["providers"].items() for key in keys.split()}
CODE_HOSTS, CAPITALS = WORDS["code_hosts"].split(), set(WORDS["capitals"].split())


@dataclass
class Entry:
    """A technology on its way into the catalog; `rank` is how good its icon is."""

    key: str
    slug: str
    name: str
    hex: str = ""
    website: str = ""
    slugs: set[str] = field(default_factory=set)
    icon: tuple[str, str] | None = None
    rank: int = 0
    type: str | None = None
    provider: str | None = None


class Catalog:
    """The entries by key: letters and digits of their name or slug, aliases followed."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def at(self, slug: str, name: str = "") -> Entry:
        key = key_of(name or slug)
        if key not in self.entries:
            title = WORDS["names"].get(key) or name or titled(slug)
            self.entries[key] = Entry(key=key, slug=slugged(title) or key, name=title)
        found = self.entries[key]
        found.slugs |= {slug.replace("_", "-"), slugged(found.name), found.key}
        return found

    def offer(self, entry: Entry, icon: tuple[str, str] | None, rank: int) -> None:
        if icon is not None and rank > entry.rank:
            entry.icon, entry.rank = icon, rank


def key_of(text: str) -> str:
    text = text.lower().replace("+", "plus").replace("#", "sharp").replace("&", "and")
    key = re.sub("[^a-z0-9]", "", text)
    return WORDS["aliases"].get(key, key)


TYPES = {key_of(key): type_ for type_, keys in WORDS["types"].items() for key in keys.split()}


def slugged(name: str) -> str:
    text = name.lower().replace("+", "plus").replace("#", "sharp").replace("&", "and").replace(".", "")
    return re.sub("[^a-z0-9]+", "-", text).strip("-")


def titled(slug: str) -> str:
    return " ".join(word.upper() if word in CAPITALS else word.capitalize() for word in slug.split("-"))


def website(source: str, key: str) -> str:
    """The site of a brand, where the set's source lies on it."""
    if key in WORDS["websites"]:
        return WORDS["websites"][key]
    host = urlsplit(source).hostname or ""
    first, _, rest = host.partition(".")
    host = rest if first in OFFICES and "." in rest else host
    stem = re.sub("[^a-z0-9]", "", host.removeprefix("www."))
    known = len(key) > 2 and (key in stem or stem.startswith(key[:8]))
    return f"https://{host}/" if known and not any(word in host for word in CODE_HOSTS) else ""


def take_simple(catalog: Catalog, folder: Path) -> None:
    facts = json.loads((folder / "data/simple-icons.json").read_text(encoding="utf-8"))
    paths = json.loads((one(folder.parents[1], "iconify-json-simple-icons") / "icons.json").read_text())["icons"]
    by_slug = {re.sub("[^a-z0-9]", "", slug): icon["body"] for slug, icon in paths.items()}
    for fact in facts:
        if fact["slug"] in BRANDS or key_of(fact["title"]) in BRANDS:
            continue
        free = fact.get("license", {}).get("type", "CC0-1.0") == "CC0-1.0"
        entry = catalog.at(fact["slug"], fact["title"])
        entry.hex = entry.hex or f"#{fact['hex'].lower()}"
        entry.website = entry.website or website(fact["source"], entry.key)
        entry.slugs |= {slugged(alias) for alias in fact.get("aliases", {}).get("aka", [])}
        path = body(by_slug.get(fact["slug"], "").replace(' fill="currentColor"', ""), (0, 0, 24, 24), entry.slug)
        if free and path:
            catalog.offer(entry, tinted(path, entry.hex), 1)


def take_logos(catalog: Catalog, folder: Path) -> None:
    found = json.loads((folder / "icons.json").read_text())
    icons = found["icons"]
    for slug in icons:
        stem = re.sub(r"-(icon|dark|icon-dark|icon-alt|icon-round|icon-mono|mono|icon-clean|20\d\d)$", "", slug)
        if slug != stem and (stem in icons or f"{stem}-icon" in icons) and slug != f"{stem}-icon":
            continue
        icon = _colored(icons[slug], found, slug)
        ratio = icons[slug].get("width", 256) / icons[slug].get("height", 256)
        wide = not 0.45 < ratio < 1.9
        night = icons.get(f"{slug}-dark")
        if icon and night and (dark := _colored(night, found, slug)):
            icon = (icon[0], dark[1])
        known = key_of(stem) in catalog.entries or key_of(stem) in TYPES
        if not known and (wide or icon is None):
            continue  # a word on a small square says nothing, and neither does an unknown name
        rank = 2 if wide and ratio < 3.2 else 0 if wide else 6 if slug.endswith("-icon") else 5
        catalog.offer(catalog.at(stem), icon, rank)


def take_devicon(catalog: Catalog, folder: Path, facts: Path) -> None:
    hexes = {one["name"]: one["color"] for one in json.loads((facts / "devicon.json").read_text())}
    found = json.loads((folder / "icons.json").read_text())
    for slug, icon in found["icons"].items():
        if slug.endswith("-wordmark"):
            continue
        entry = catalog.at(slug)
        entry.hex = entry.hex or plain_color(hexes.get(slug) or "")
        catalog.offer(entry, _colored(icon, found, slug), 4)


def _colored(icon: dict[str, Any], found: dict[str, Any], slug: str) -> tuple[str, str] | None:
    width, height = (icon.get(side, found.get(side, 16)) for side in ("width", "height"))
    if len(icon["body"]) > 60_000:
        return None
    made = body(icon["body"], (icon.get("left", 0), icon.get("top", 0), width, height), slug)
    return variants(made) if made else None


def take_more(catalog: Catalog) -> None:
    for line in WORDS["more"].strip().splitlines():
        name, type_, provider, site = (part.strip() for part in line.split("|"))
        entry = catalog.at(slugged(name), name)
        entry.name, entry.type, entry.provider = name, type_, provider or None
        entry.website = site or entry.website


def complete(entry: Entry) -> None:
    entry.type = entry.type or TYPES.get(entry.key) or ("service-tool" if entry.provider else "other")
    entry.website = entry.website or WORDS["websites"].get(entry.key, "")
    entry.provider = entry.provider or PROVIDERS.get(entry.key) or provider_of(entry)
    if entry.provider and entry.type == "other":
        entry.type = "service-tool"
    if not entry.hex and entry.icon:
        inks = Counter(c for c in colors(entry.icon[0]) if 0.08 < lightness(c) < 0.93)
        entry.hex = max(inks, key=lambda c: (inks[c], c)) if inks else "#000000"


def provider_of(entry: Entry) -> str | None:
    if entry.key.startswith("aws") or entry.name.startswith(("Amazon ", "AWS ")):
        return "aws"
    if entry.key.startswith("azure") or entry.name.startswith("Azure "):
        return "azure"
    if entry.key in WORDS["gcp"].split() or entry.name.startswith("Google Cloud"):
        return "gcp"
    return "apache" if entry.name.startswith("Apache ") else None


def visible(icon: str, ground: float) -> float:
    """The share of an icon's pixels that stand out from a ground of this lightness; 0 for one that draws nothing."""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">{icon}</svg>'
    tree = resvg.usvg.Tree.from_str(text, resvg.usvg.Options.default())
    drawn = Image.open(BytesIO(resvg.render(tree, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)))).convert("RGBA")
    inked = [p for p in drawn.get_flattened_data() if p[3] > 100]
    seen = [p for p in inked if abs(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2] - ground * 255) > 40]
    return len(seen) / len(inked) if len(inked) > 8 else 0.0


def seen(entry: Entry) -> None:
    """Recolours a version that would vanish in its ground, or lets the icon go."""
    if entry.icon is None:
        return
    chosen: list[str] = []
    for at, ground in ((0, 1.0), (1, 0.11)):
        good = [icon for icon in (entry.icon[at], forced(entry.icon[0])[at]) if visible(icon, ground) > 0.1]
        chosen += good[:1]
    if len(chosen) == 2 and chosen != list(entry.icon):
        print(f"{entry.slug}: recoloured")
    elif len(chosen) < 2:
        print(f"{entry.slug}: its icon is not seen")
    entry.icon = (chosen[0], chosen[1]) if len(chosen) == 2 else None


def id_of(slug: str) -> str:
    """20 letters and digits, always the same for a slug."""
    number = int.from_bytes(sha256(f"nunatak technology {slug}".encode()).digest())
    return "".join(ALPHABET[number // 62**at % 62] for at in range(20))


def record(entry: Entry) -> dict[str, Any]:
    shown = {
        "id": id_of(entry.slug),
        "slug": entry.slug,
        "slugs": sorted(entry.slugs | {entry.slug}),
        "name": entry.name,
        "nameShort": WORDS["short"].get(entry.key),
        "hex": entry.hex or None,
        "color": nearest(entry.hex or None),
        "provider": entry.provider,
        "type": entry.type,
        "websiteUrl": entry.website or None,
        "icon": entry.icon is not None,
    }
    return {name: value for name, value in shown.items() if value is not None}


def write(entries: list[Entry]) -> None:
    taken: set[str] = set()
    own = {entry.slug for entry in entries}
    for entry in entries:  # a slug leads to one technology
        entry.slugs = (entry.slugs - taken - own) | {entry.slug}
        taken |= entry.slugs
    TARGET.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(TARGET / "catalog.zip", "w", zipfile.ZIP_LZMA) as file:
        put(file, "technologies.json", [record(entry) for entry in entries])
        for start in range(0, len(entries), BLOCK):
            icons = {e.slug: _pair(e.icon) for e in entries[start : start + BLOCK] if e.icon}
            put(file, f"icons/{start // BLOCK}.json", icons)


def _pair(icon: tuple[str, str]) -> list[str]:
    return [icon[0]] if icon[0] == icon[1] else list(icon)


def put(file: zipfile.ZipFile, name: str, content: Any) -> None:
    about = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    about.compress_type = zipfile.ZIP_LZMA
    file.writestr(about, json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def one(root: Path, name: str) -> Path:
    return next(path for path in sorted(root.glob(f"{name}-[0-9]*")) if path.is_dir()) / "package"


def main() -> int:
    root = Path(sys.argv[1])
    catalog = Catalog()
    take_simple(catalog, one(root, "simple-icons"))
    take_more(catalog)
    take_logos(catalog, one(root, "iconify-json-logos"))
    take_devicon(catalog, one(root, "iconify-json-devicon"), one(root, "devicon"))
    entries = sorted(catalog.entries.values(), key=lambda entry: (entry.name.casefold(), entry.slug))
    for entry in entries:
        seen(entry)
        complete(entry)
    kept = [entry for entry in entries if entry.icon or entry.type != "other"]
    for slug, count in Counter(entry.slug for entry in kept).items():
        assert count == 1, f"{slug} names {count} technologies"
    write(kept)
    print(len(kept), "technologies,", sum(1 for e in kept if e.icon), "with an icon,", Counter(e.type for e in kept))
    unknown = sorted(set(TYPES) - {e.key for e in kept})
    print(f"{len(TYPES) - len(unknown)} of the listed types found; not there: {' '.join(unknown)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
