"""Words of a Structurizr model become ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.exchange.structurizr_file import Container, ElementStyle, SoftwareSystem, Styles
from nunatak.exchange.structurizr_model import CAPTION_LENGTH, caption, technologies, type_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Java and Spring MVC", ["Java", "Spring MVC"]),
        ("Chrome, Firefox, Safari, or Edge", ["Chrome", "Firefox", "Safari", "Edge"]),
        ("Android", ["Android"]),
        ("JSON/HTTPS", ["JSON/HTTPS"]),
        ("Go; Go & gRPC", ["Go", "gRPC"]),
        (" , ", []),
        (None, []),
    ],
)
def test_a_technology_text_is_parted_into_names(text: str | None, names: list[str]) -> None:
    assert technologies(text) == names


@pytest.mark.parametrize(
    ("name", "technology", "type"),
    [
        ("Orders Database", None, "store"),
        ("Events", "Kafka topic", "store"),
        ("Orders", "Amazon S3", "store"),
        ("Payment queue", "RabbitMQ", "store"),
        ("Database Migrator", "Go", "app"),
        ("Bucket Shop", "React", "app"),
    ],
)
def test_a_container_is_a_store_when_its_name_or_technology_says_so(
    name: str, technology: str | None, type: str
) -> None:
    assert type_of(Container(id="c", name=name, technology=technology), Styles()) == type


@pytest.mark.parametrize("shape", ["Cylinder", "Bucket", "Pipe"])
def test_a_container_drawn_as_one_is_a_store(shape: str) -> None:
    styles = Styles(elements=[ElementStyle(tag="Kept", shape=shape)])
    assert type_of(Container(id="c", name="C", tags="Element,Container, Kept"), styles) == "store"
    assert type_of(Container(id="c", name="C", tags="Element,Container"), styles) == "app"
    assert type_of(SoftwareSystem(id="s", name="S", tags="Kept"), styles) == "system"


def test_a_short_description_is_the_caption_and_a_long_one_ends_after_its_first_sentence() -> None:
    assert caption("Sends  mail.\n") == "Sends mail."
    assert (
        caption("Sends mail to those who asked for it. " + "More. " * 30)
        == ("Sends mail to those who asked for it. " + "More. " * 13).strip()
    )


@given(st.text(max_size=400))
def test_a_caption_always_fits_a_card(description: str) -> None:
    assert len(caption(description)) <= CAPTION_LENGTH
