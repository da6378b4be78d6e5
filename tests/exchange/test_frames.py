"""Frames stand round their members and round nobody else."""

from __future__ import annotations

from nunatak.exchange.frames import framed


def test_a_frame_reaches_beyond_its_members_by_the_areas_insets() -> None:
    assert framed({"a": (0, 0, 256, 128)}, {"a": ["s"]}) == ({"s": (-48, -56, 352, 248)}, [])


def test_an_outer_frame_holds_the_inner_one_and_comes_first() -> None:
    boxes = {"a": (0, 0, 256, 128), "b": (600, 0, 256, 128)}
    frames, crowded = framed(boxes, {"a": ["outer", "inner"], "b": ["outer"]})
    assert list(frames) == ["outer", "inner"]
    assert frames["outer"] == (-96, -112, 96 + 856 + 48, 112 + 192 + 64)
    assert crowded == []


def test_a_frame_with_a_stranger_inside_is_left_out() -> None:
    boxes = {"a": (0, 0, 256, 128), "x": (400, 0, 256, 128), "b": (800, 0, 256, 128)}
    frames, crowded = framed(boxes, {"a": ["s"], "b": ["s"], "x": []})
    assert (frames, crowded) == ({}, ["s"])


def test_boxes_without_frames_have_none() -> None:
    assert framed({"a": (0, 0, 256, 128)}, {"a": []}) == ({}, [])
