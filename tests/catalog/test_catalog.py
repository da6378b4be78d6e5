"""The bundled catalog as a whole: what is in it, how it is found, and that every icon is ours to draw."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from nunatak.catalog.bundled import catalog
from nunatak.catalog.catalog import Catalog
from nunatak.catalog.file import CatalogFile
from nunatak.core.catalog import CatalogTechnology
from nunatak.drawing.icons import symbol


def found(name: str) -> CatalogTechnology:
    technology = catalog().by_name(name)
    assert technology is not None, name
    return technology


def test_it_holds_thousands_of_technologies_whose_ids_and_slugs_are_their_own() -> None:
    every = catalog().technologies
    slugs = [slug for each in every for slug in each.slugs or ()]
    assert len(every) > 2000
    assert len({each.id for each in every}) == len(every)
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[A-Za-z0-9]{20}", each.id) for each in every)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    assert all(each.default_slug in (each.slugs or ()) for each in every)


def test_ids_never_change() -> None:
    assert found("PostgreSQL").id == "8DsbVLSRuhDpaoF2rTme"


@pytest.mark.parametrize(
    ("name", "type_", "provider"),
    [
        ("PostgreSQL", "data-storage", None),
        ("AWS Lambda", "runtime", "aws"),
        ("Azure Functions", "runtime", "azure"),
        ("Google BigQuery", "data-storage", "gcp"),
        ("Kafka", "message-broker", "apache"),
        ("C#", "language", "microsoft"),
        ("Jira", "service-tool", "atlassian"),
        ("Salesforce", "service-tool", "salesforce"),
        ("Supabase", "service-tool", "supabase"),
        ("Kong", "gateway", None),
        ("gRPC", "protocol", None),
        ("Kubernetes", "deployment", None),
        ("React", "framework-library", None),
        ("Cisco", "network", None),
        ("1Password", "service-tool", None),
    ],
)
def test_the_best_known_say_what_they_are(name: str, type_: str, provider: str | None) -> None:
    assert (found(name).type, found(name).provider) == (type_, provider)


def test_a_shared_technology_belongs_to_nobody_and_was_made_by_the_service() -> None:
    docker = found("docker")
    assert (docker.organization_id, docker.status, docker.disabled) == (None, "approved", False)
    assert (docker.created_by, docker.updated_by_id) == ("service", "catalog")
    assert docker.icon_url == docker.icon_url_light == f"{catalog().icons}docker-light.svg"
    assert docker.icon_url_dark == f"{catalog().icons}docker-dark.svg"
    assert found("SQL").icon_url is None


@pytest.mark.parametrize("name", ["PostgreSQL", "postgresql", "POSTGRES", "Postgres"])
def test_names_short_names_and_slugs_lead_to_it_whatever_their_case(name: str) -> None:
    assert found(name).name == "PostgreSQL"
    assert catalog().by_name("no such thing") is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.docker.com/products", "Docker"),
        ("docs.docker.com", "Docker"),
        ("http://KUBERNETES.io:443/docs?x#y", "Kubernetes"),
        ("https://docker.com.example.org/", None),
        ("https://com/", None),
        ("", None),
        ("nonsense", None),
        ("http://[", None),
        ("http://docker.com:x/", "Docker"),
    ],
)
def test_a_site_leads_to_its_brand(url: str, name: str | None) -> None:
    brand = catalog().by_site(url)
    assert (brand and brand.technology.name) == name


def test_every_icon_holds_nothing_but_shapes() -> None:
    """What drawing would leave out isn't in the file, so a file at an icon's address is as safe as a picture."""
    seen = 0
    for each in catalog().technologies:
        for theme in ("light", "dark"):
            body = catalog().icon(each.id, theme)  # type: ignore[arg-type]
            assert bool(body) == (each.icon_url is not None)
            if not body:
                continue
            _, written = symbol(body)
            kept = written.partition(">")[2].removesuffix("</symbol>")
            assert re.findall(r"<\w+", kept) == re.findall(r"<\w+", body), each.name
            assert len(re.findall(r"[\w-]+=", kept)) == len(re.findall(r"[\w-]+=", body)), each.name
            assert "//" not in body.replace("http://www.w3.org", "")
            seen += 1
    assert seen > 4000


def test_a_picture_of_its_own_for_dark_grounds_is_told_apart() -> None:
    github = found("GitHub")
    light, dark = catalog().icon(github.id, "light"), catalog().icon(github.id, "dark")
    assert light != dark
    assert catalog().icon("nothing", "dark") == ""


@pytest.mark.parametrize("address", ["{icons}docker-dark.png", "/icons/docker-light.svg", "/icons/docker.svg"])
def test_an_address_of_an_icon_leads_back_to_it(address: str) -> None:
    url = "https://somewhere.example" + address.format(icons=catalog().icons)
    assert catalog().icon_at(url, "light") == catalog().icon(found("docker").id, "light") != ""
    assert catalog().icon_at("https://somewhere.example/docker.svg", "light") == ""
    assert catalog().icon_at(None, "dark") == ""


def test_the_file_is_read_where_it_lies_and_named_by_its_content(tmp_path: Path) -> None:
    copy = tmp_path / "other.zip"
    shutil.copy(Path(str(resources.files("nunatak.catalog"))) / "catalog.zip", copy)
    assert Catalog(CatalogFile(copy)).icons == catalog().icons
