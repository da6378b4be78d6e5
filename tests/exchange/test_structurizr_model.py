"""Words of a Structurizr model become ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nunatak.exchange.structurizr_file import (
    Component,
    Container,
    Element,
    ElementStyle,
    Model,
    SoftwareSystem,
    Styles,
    Workspace,
)
from nunatak.exchange.structurizr_model import CAPTION_LENGTH, caption, technologies, type_of, understood


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


def test_names_that_a_landscape_would_refuse_get_their_kind_in_brackets() -> None:
    topic = Container(id="t", name="orders", components=[Component(id="c", name="Kafka")])
    broker = Container(id="b", name="kafka", technology="Queue", group="Kafka")
    systems = [SoftwareSystem(id="k", name="Kafka", group="Kafka/Kafka", containers=[topic, broker])]
    people = [Element(id="o", name="Orders"), Element(id="p", name="Kafka")]
    model = Model(people=people, software_systems=systems, properties={"structurizr.groupSeparator": "/"})
    assert understood(Workspace(model=model)).names == {
        "o": "Orders",
        "p": "Kafka",
        "k": "Kafka (system)",
        "t": "orders",
        "c": "Kafka",
        "b": "kafka",
        "group//Kafka": "Kafka (group)",
        "group//Kafka/Kafka": "Kafka",
        "group/k/Kafka": "Kafka (group 2)",
    }


def test_a_container_named_as_its_system_is_told_from_it() -> None:
    system = SoftwareSystem(id="s", name="Mail", containers=[Container(id="c", name="mail")])
    assert understood(Workspace(model=Model(software_systems=[system]))).names == {"s": "Mail", "c": "mail (app)"}
