"""One HTML file: it parses, refers to nothing outside, and runs nothing but its own lines."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser

from msgspec.structs import replace

from nunatak.drawing.bundled import fonts
from nunatak.exchange import html
from tests.exchange.landscapes import HOSTILE, parts, pictured, thing

PAGE = html.write(pictured(), fonts())


class Read(HTMLParser):
    """What a browser would make of a page, in short."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[str]:
        return [value for _, attributes in self.attributes if (value := attributes.get(name)) is not None]


READ = Read(PAGE)


def test_ids_are_unique_and_every_link_inside_leads_to_one() -> None:
    ids = Counter(READ.all("id"))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert [link for link in READ.all("href") if link.startswith("#") and link[1:] not in ids] == []


def test_nothing_is_fetched() -> None:
    assert READ.all("src") == []
    assert "@import" not in PAGE
    assert {url[:5] for url in re.findall(r"url\(([^#)]{5,})\)", PAGE)} == {"data:"}
    assert {link for link in READ.all("href") if not link.startswith("#")} == {
        "https://example.com/hut?a=1",
        "https://example.com/java",
    }


def test_hostile_names_stay_text() -> None:
    assert HOSTILE in READ.words
    tags = Counter(tag for tag, _ in READ.attributes)
    assert (tags["script"], tags["style"], tags["img"], tags["b"]) == (1, 1, 0, 4)
    assert [name for _, attributes in READ.attributes for name in attributes if name.startswith("on")] == []
    assert [link for link in READ.all("href") if link.startswith("javascript")] == []


def test_the_policy_knows_its_script_and_style_by_their_digests() -> None:
    (policy,) = [v for v in READ.all("content") if "default-src" in v]
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert READ.all("style") == []  # an inline style would be refused


def test_each_diagram_has_its_picture_by_day_and_by_night() -> None:
    assert PAGE.count('<div class="picture light">') == PAGE.count('<div class="picture dark">') == 2


def test_without_scenes_there_are_no_pictures() -> None:
    assert "<svg" not in html.write(parts(), fonts())


def test_letters_of_the_page_are_in_it_once() -> None:
    assert PAGE.count("@font-face{font-family:nunatak-sans;font-weight:400") == 1


def test_a_connection_is_told_at_both_of_its_ends() -> None:
    ends = re.findall(r'<span class="arrow">(.)</span><a href="#\w+">([^<]+)</a>[^<]*: Books a bed with', PAGE)
    assert ends == [("→", "Booking site"), ("←", "Guest")]


def test_depth_has_an_end_and_a_name_may_be_empty() -> None:
    chain = [parts().objects[0]]
    for depth in range(8):
        above = tuple(one.id for one in reversed(chain))
        chain.append(thing(f"g{depth}", "", "group", above))
    page = html.write(replace(parts(), objects=chain, connections=[]), fonts())
    assert 'class="d4"' in page
    assert 'class="d5"' not in page


def test_a_description_is_shown_as_its_writer_meant_it() -> None:
    assert '<div class="text"><p class="title">Why</p><p>Beds are <em>few</em>.</p>' in PAGE
    assert '<p class="item i0"><span>•</span>one</p>' in PAGE
    marked = thing("x", "X", "system", description="`<b>` [a](https://x.y/?a&b) **</div>**\n```\n  <i>\n```")
    page = html.write(replace(parts(), objects=[parts().objects[0], marked], connections=[]), fonts())
    assert "<code>&lt;b&gt;</code>" in page
    assert '<a href="https://x.y/?a&amp;b" rel="noreferrer">a</a> <strong>&lt;/div&gt;</strong>' in page
    assert "<pre><code>  &lt;i&gt;</code></pre>" in page
