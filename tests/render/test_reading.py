"""In which order cards are told."""

from nunatak.drawing.bundled import own
from nunatak.render.measure import measure
from nunatak.render.options import Options
from nunatak.render.picture import Picture, Thing
from nunatak.render.reading import in_reading_order
from nunatak.render.resolve import resolve


def order(**places: tuple[float, float]) -> str:
    things = [Thing(id=id_, model_id=id_, type="app", x=x, y=y, name=id_) for id_, (x, y) in places.items()]
    cards = measure(resolve(Picture(id="p", name="", things=things), Options()), own()).boxes
    return "".join(card.placed.thing.id for card in in_reading_order(cards))


def test_cards_are_told_row_by_row():
    assert order(d=(384, 320), b=(384, 0), c=(0, 320), a=(0, 0)) == "abcd"


def test_a_card_a_little_higher_than_its_neighbour_is_still_in_its_row():
    assert order(b=(384, -20), a=(0, 0), c=(768, 40)) == "abc"


def test_cards_on_top_of_each_other_stay_so():
    assert order(b=(40, 20), a=(0, 0)) == "ba"
