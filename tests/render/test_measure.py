"""Every text fits where it will stand."""

from __future__ import annotations

from hypothesis import given, settings

from nunatak.render import figure
from nunatak.render.inscription import WIDE
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.picture import Picture, Technology
from nunatak.render.resolve import resolve
from tests.render.pictures import FONTS, line, measured, pictures, thing


def _card(**fields):  # type: ignore[no-untyped-def]
    return measured(thing("a", **fields)).boxes[0]


def test_a_name_is_set_in_18_units_on_up_to_two_lines() -> None:
    card = _card(name="Mainframe Banking System")
    assert [row.text for row in card.name.rows] == ["Mainframe Banking", "System"]
    assert card.name.face.size == 18


def test_a_longer_name_shrinks_to_16_and_then_ends_in_an_ellipsis() -> None:
    card = _card(name="Customer relationship management and loyalty points calculation gateway of the north")
    assert card.name.face.size == 16
    assert len(card.name.rows) == 3
    assert card.name.rows[-1].text.endswith("…")
    assert card.title.startswith("Customer relationship management and loyalty points calculation gateway of the north")


def test_the_type_line_names_kind_and_technologies() -> None:
    assert _card(technology_ids=["java", "pg"]).type.rows[0].text == "[App: Java, Postgres]"
    assert _card(type="system", external=True).type.rows[0].text == "[External system]"
    assert _card(technology_ids=["unknown"]).type.rows[0].text == "[App]"


def test_technologies_that_find_no_room_are_counted() -> None:
    card = _card(technology_ids=["java", "pg", "java", "java", "pg"])
    assert card.type.rows[0].text == "[App: Java, Postgres, +3]"


def test_a_caption_has_up_to_three_lines_and_fewer_below_a_long_name() -> None:
    words = (
        "Shows goods, takes orders and tells customers where their parcels are, whenever they ask for it, day or night."
    )
    assert len(_card(caption=words).caption.rows) == 3
    assert len(_card(name="Mainframe Banking System", caption=words).caption.rows) == 2


def test_a_card_has_a_count_and_a_domain_only_where_there_are_some() -> None:
    plain, rich = _card(), _card(child_count=12, domain="Sales")
    assert plain.count.rows == plain.domain.rows == ()
    assert rich.count.rows[0].text == "12"
    assert rich.domain.rows[0].text == "Sales"


def test_an_icon_without_a_picture_is_a_letter() -> None:
    assert _card(icon_id="java").letter.rows[0].text == "J"
    assert _card(icon_id="unknown", name="shop").letter.rows[0].text == "S"
    assert _card().letter.rows == ()


def test_a_label_is_at_most_140_units_wide_and_three_lines_high() -> None:
    parts = (thing("a"), thing("b", 400), line("a", "b", name="word " * 60, technology_ids=["java"]))
    label = measured(*parts).wires[0].label
    assert label is not None
    assert len(label.name.rows) == 3
    assert label.width <= WIDE.width
    assert label.type.rows[0].text == "[Java]"


def test_a_line_without_words_has_no_label_but_a_title() -> None:
    wire = measured(thing("a"), thing("b", 400), line("a", "b")).wires[0]
    assert wire.label is None
    assert wire.title == "A → B"


def test_titles_say_all_in_words() -> None:
    parts = (thing("a"), thing("b"), line("a", "b", name="Asks", via="queue", direction=None, technology_ids=["pg"]))
    assert measured(*parts).wires[0].title == "A – B: Asks [Postgres] via queue"
    assert _card(caption="Sells.", status="removed").title == "A [App, removed]: Sells."


@given(pictures())
@settings(max_examples=60, deadline=None)
def test_no_card_of_any_picture_has_more_text_than_room(picture: Picture) -> None:
    for card in measure(resolve(picture, Options()), FONTS).boxes:
        room = figure.text_box(card.placed)
        if room.width < 120 or room.height < 60:
            continue  # something is always set, however small the card is
        assert card.caption.width <= room.width + 0.01
        assert card.name.width <= room.width + 0.01
        assert card.name.height + card.type.height + card.caption.height <= room.height


def test_a_technology_that_is_too_long_is_cut_inside_its_bracket() -> None:
    name = "Amazon Managed Streaming for Apache Kafka"
    found = measure(
        resolve(
            Picture(
                id="p",
                name="P",
                things=[thing("a", technology_ids=["t"]), thing("b", 400, technology_ids=["t"])],
                lines=[line("a", "b", technology_ids=["t"])],
                technologies={"t": Technology(name=name)},
            ),
            Options(),
        ),
        FONTS,
    )
    card, label = found.boxes[0].type.rows, found.wires[0].narrow
    assert [row.text[:18] for row in card] == ["[App: Amazon Manag"]
    assert card[0].text.endswith("…]")
    assert label is not None
    assert len(label.type.rows) == 2
    assert label.type.rows[-1].text.endswith("…]")
