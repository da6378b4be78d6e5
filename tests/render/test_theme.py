"""Contrast holds in both themes, on everything that is really behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nunatak.render.theme import DARK, LIGHT, THEMES, Theme, contrast, luminance

BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())


def _cards(theme: Theme) -> Iterator[tuple[str, ...]]:
    for colors in (theme.card, theme.external, theme.future, theme.removed):
        yield colors.fill, colors.border, colors.lid, colors.name, colors.caption, colors.type


def _grounds(theme: Theme) -> tuple[str, ...]:
    return (theme.canvas, *theme.areas)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)


@BOTH
def test_text_on_cards_has_a_contrast_of_4_5(theme: Theme) -> None:
    for fill, _, lid, *inks in _cards(theme):
        for ink in inks:
            assert contrast(ink, fill) >= 4.5, (ink, fill)
            assert contrast(ink, lid) >= 4.5, (ink, lid)


@BOTH
def test_text_on_the_canvas_and_in_areas_has_a_contrast_of_4_5(theme: Theme) -> None:
    for ground in _grounds(theme):
        for ink in (theme.area_name, theme.area_type, theme.label, theme.label_type):
            assert contrast(ink, ground) >= 4.5, (ink, ground)


@BOTH
def test_badges_tiles_and_pins_have_a_contrast_of_4_5(theme: Theme) -> None:
    pairs = [(theme.badge_ink, theme.badge), (theme.tile_ink, theme.tile)]
    pairs += [(pin.ink, pin.fill) for pin in (*theme.pins.values(), theme.settled_pin)]
    for ink, fill in pairs:
        assert contrast(ink, fill) >= 4.5, (ink, fill)


@BOTH
def test_lines_and_borders_stand_out_from_the_canvas_by_3(theme: Theme) -> None:
    borders = [border for _, border, *_ in _cards(theme)]
    for color in (theme.line, theme.faint_line, theme.area_border, theme.hatch, *borders):
        assert contrast(color, theme.canvas) >= 3, color


@BOTH
def test_lines_stand_out_from_every_area_by_3(theme: Theme) -> None:
    for ground in _grounds(theme):
        assert contrast(theme.line, ground) >= 3
        assert contrast(theme.card.border, ground) >= 3


def test_each_nesting_level_is_a_step_darker_in_light_and_lighter_in_dark() -> None:
    light, dark = (list(map(luminance, _grounds(theme))) for theme in (LIGHT, DARK))
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == len(light)
    assert dark == sorted(dark)
    assert len(set(dark)) == len(dark)


def test_levels_deeper_than_the_table_repeat_the_last() -> None:
    assert LIGHT.area(99) == LIGHT.areas[-1]
    assert LIGHT.behind(None) == LIGHT.canvas
    assert LIGHT.behind(0) == LIGHT.areas[0]


def test_external_cards_are_paler_in_light_and_lighter_in_dark() -> None:
    assert luminance(LIGHT.external.fill) > luminance(LIGHT.card.fill)
    assert luminance(DARK.external.fill) > luminance(DARK.card.fill)
