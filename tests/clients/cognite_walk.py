"""A walk through the drawings' API with the unmodified client, version 7 or 8; also a script: ADDRESS TOKEN."""

from __future__ import annotations

import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from cognite.client import CogniteClient, __version__, global_config
from cognite.client import data_classes as dc
from cognite.client import exceptions as refusals
from cognite.client.credentials import CredentialProvider, OAuthClientCredentials, Token
from cognite.client.data_classes.data_modeling import NodeId
from cognite.client.data_classes.data_modeling.cdm.v1 import CogniteFileApply

from tests.drawings_pdf import pdf

ENTITIES: list[dict[str, Any]] = [
    {"name": "23-PT-92504", "id": 1},
    {"name": ["23-LV-92521", "LV 92521"], "id": 2},
    {"name": "23-HV-1", "id": 3},
]
SHEET = pdf("23-PT-92504\nno tag here\n23-LV-92521", "see 23-PT-92504\n23-XX-00001")


def client_of(address: str, token: str | CredentialProvider, project: str = "default") -> CogniteClient:
    """A client as its makers' guide says, with the address, the project and the token changed."""
    global_config.disable_pypi_version_check = True
    credentials = Token(token) if isinstance(token, str) else token
    settings = {"client_name": "walk", "project": project, "base_url": address, "credentials": credentials}
    if hasattr(CogniteClient, "load"):
        return CogniteClient.load(settings)
    from cognite.client import ClientConfig

    return CogniteClient(ClientConfig(**settings))


def refused(kind: type[Exception], call: Any) -> Any:
    """The refusal of a call."""
    try:
        call()
    except kind as refusal:
        return refusal
    raise AssertionError(f"{kind.__name__} was expected")


def result(job: Any) -> Any:
    """What a job came to, waited for."""
    return job.get_result() if hasattr(job, "get_result") else job.result


def files(client: CogniteClient, folder: Path) -> None:
    """Made, sent, found, listed, changed, fetched, deleted."""
    made = client.files.upload_bytes(
        SHEET,
        name="sheet.pdf",
        external_id="sheet",
        mime_type="application/pdf",
        metadata={"unit": "23"},
        labels=[dc.Label("pid")],
        directory="/plant",
        source="walk",
    )
    assert client.files.retrieve(id=made.id).uploaded
    assert client.files.retrieve(external_id="sheet").id == made.id
    assert client.files.retrieve(external_id="none") is None
    assert client.files.retrieve_multiple(external_ids=["none"], ignore_unknown_ids=True) == []
    missing = refused(refusals.CogniteNotFoundError, lambda: client.files.retrieve_multiple(external_ids=["none"]))
    assert missing.not_found == [{"externalId": "none"}]
    twice = refused(
        refusals.CogniteAPIError,
        lambda: client.files.upload_bytes(b"x", name="x", external_id="sheet"),
    )
    assert twice.duplicated == [{"externalId": "sheet"}]
    again = client.files.upload_bytes(b"new", name="new.pdf", external_id="sheet", overwrite=True)
    assert again.id == made.id
    assert client.files.download_bytes(external_id="sheet") == b"new"
    client.files.upload_content_bytes(SHEET, external_id="sheet")
    assert client.files.download_bytes(id=made.id) == SHEET
    _paths(client, folder)
    _parts(client)
    _lists(client)
    _changes(client, made.id)


def _paths(client: CogniteClient, folder: Path) -> None:
    """From and to the disk, one file and a folder of them."""
    source, target = folder / "source", folder / "target"
    source.mkdir()
    target.mkdir()
    (source / "a.txt").write_bytes(b"a" * 6_000_000)  # more than one request takes of the client
    (source / "b.txt").write_bytes(b"b")
    client.files.upload(source / "a.txt", external_id="a", overwrite=True)
    client.files.upload(source / "b.txt", external_id="b")
    client.files.upload_content(source / "b.txt", external_id="a")
    assert client.files.download_bytes(external_id="a") == b"b"
    client.files.upload_content(source / "a.txt", external_id="a")
    client.files.download(target, external_id=["a", "b"])
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {
        path.name: path.read_bytes() for path in source.iterdir()
    }
    client.files.download_to_path(folder / "c", external_id="b")
    assert (folder / "c").read_bytes() == b"b"
    links = client.files.retrieve_download_urls(external_id=["a", "b"], extended_expiration=True)
    assert set(links) == {"a", "b"}


def _parts(client: CogniteClient) -> None:
    """In parts, in another order than they are joined in."""
    with client.files.multipart_upload_session("parts", parts=3, external_id="parts") as session:
        for number in (2, 0, 1):
            session.upload_part(number, bytes([number]) * 10)
    expected = b"".join(bytes([number]) * 10 for number in range(3))
    assert client.files.download_bytes(external_id="parts") == expected
    with client.files.multipart_upload_content_session(external_id="parts", parts=1) as session:
        session.upload_part(0, b"again")
    assert client.files.download_bytes(external_id="parts") == b"again"


def _lists(client: CogniteClient) -> None:
    """Lists, parts of them, counts and search."""
    names = {"sheet", "a", "b", "parts"}
    assert {file.external_id for file in client.files.list(limit=None)} == names
    assert {file.external_id for file in client.files.list(limit=None, partitions=3)} == names
    assert len(client.files.list(limit=2)) == 2
    assert [file.external_id for file in client.files.list(metadata={"unit": "23"})] == ["sheet"]
    labels = dc.LabelFilter(contains_any=["pid"])
    assert [file.external_id for file in client.files.list(labels=labels)] == ["sheet"]
    assert [file.external_id for file in client.files.list(source="walk", directory_prefix="/pl")] == ["sheet"]
    since = dc.TimestampRange(min=1)
    assert len(client.files.list(uploaded_time=since, uploaded=True)) == 4
    assert {file.external_id for file in client.files(chunk_size=None)} == names
    assert [file.name for file in client.files.search(name="B.TXT")] == ["b.txt"]
    count = (
        client.files.aggregate_count()
        if hasattr(client.files, "aggregate_count")
        else client.files.aggregate()[0].count
    )
    assert count == 4


def _changes(client: CogniteClient, id_: int) -> None:
    """Updates of both sorts, and deletion."""
    update = dc.FileMetadataUpdate(id=id_).metadata.add({"rev": "A"}).source.set(None).labels.add(["issued"])
    changed = client.files.update(update)
    assert (changed.metadata, changed.source) == ({"unit": "23", "rev": "A"}, None)
    assert [label.external_id for label in changed.labels] == ["pid", "issued"]
    changed.directory = "/other"
    assert client.files.update(changed).directory == "/other"
    client.files.delete(external_id=["a", "b"])
    client.files.delete(external_id=["a", "parts"], ignore_unknown_ids=True)
    refused(refusals.CogniteNotFoundError, lambda: client.files.delete(external_id="a"))
    assert [file.external_id for file in client.files.list(limit=None)] == ["sheet"]


def nodes(client: CogniteClient) -> None:
    """Contents of file nodes."""
    node = CogniteFileApply("plant", "node", name="node.txt", mime_type="text/plain")
    instance = NodeId("plant", "node")
    if hasattr(client.data_modeling, "files"):
        client.data_modeling.files.upload_bytes(b"node", node)
        assert client.data_modeling.files.download_bytes(instance) == b"node"
        client.data_modeling.files.upload_content_bytes(b"more", instance)
    else:
        client.data_modeling.instances.apply(node)
        client.files.upload_content_bytes(b"more", instance_id=instance)
    assert client.files.download_bytes(instance_id=instance) == b"more"
    found = client.files.retrieve(instance_id=instance)
    assert (found.name, found.mime_type, found.instance_id) == ("node.txt", "text/plain", instance)


def annotations(client: CogniteClient) -> None:
    """Stored, suggested, listed, reviewed, looked up, deleted."""
    file = client.files.retrieve(external_id="sheet")
    given = {
        "annotation_type": "diagrams.AssetLink",
        "data": {"assetRef": {"id": 1}, "text": "23-PT-92504", "pageNumber": 1},
        "creating_app": "walk",
        "creating_app_version": "1.0.0",
        "creating_user": None,
        "annotated_resource_type": "file",
        "annotated_resource_id": file.id,
    }
    one = client.annotations.create(dc.AnnotationWrite(status="approved", **given))
    # Version 7 takes no AnnotationWrite here.
    form = dc.AnnotationWrite if __version__.startswith("8") else dc.Annotation
    two = client.annotations.suggest(form(status="suggested", **given))
    assert (one.status, two.status, one.creating_user) == ("approved", "suggested", None)
    asked = dc.AnnotationFilter(annotated_resource_type="file", annotated_resource_ids=[{"id": file.id}])
    assert [each.id for each in client.annotations.list(asked, limit=None)] == [one.id, two.id]
    assert client.annotations.retrieve(one.id).data == given["data"]
    assert len(client.annotations.retrieve_multiple([one.id, two.id])) == 2
    assert client.annotations.update(dc.AnnotationUpdate(two.id).status.set("rejected")).status == "rejected"
    looked = dc.AnnotationReverseLookupFilter(annotated_resource_type="file", status="approved")
    assert [each.id for each in client.annotations.reverse_lookup(looked)] == [file.id]
    client.annotations.delete([one.id, two.id])
    assert client.annotations.list(asked, limit=None) == []


def diagrams(client: CogniteClient) -> None:
    """Tags found on a drawing, the drawing drawn with them, its pictures fetched without a token."""
    file = client.files.retrieve(external_id="sheet")
    began = time.monotonic()
    job = client.diagrams.detect(entities=ENTITIES, search_field="name", file_ids=[file.id], min_tokens=2)
    found = result(job)["items"][0]["annotations"]
    assert sorted(one["text"] for one in found) == ["23-LV-92521", "23-PT-92504", "23-PT-92504"]
    assert job.errors == []
    item = job[file.id] if hasattr(job, "__getitem__") else job.items[0]
    assert item.page_count == 2
    drawn = job.convert()
    results = result(drawn)["items"][0]["results"]
    assert [one["page"] for one in results] == [1, 2]
    assert [page.page for page in drawn[file.id].pages] == [1, 2]
    for name, start in (("svgUrl", b"<svg"), ("pngUrl", b"\x89PNG")):
        with urllib.request.urlopen(results[0][name]) as answer:
            assert answer.read().startswith(start)
    print(f"detect and convert: {time.monotonic() - began:.2f} s")
    asked = {"file_external_ids": ["sheet"], "partial_match": True, "pattern_mode": False}
    by_name = client.diagrams.detect(entities=ENTITIES, configuration=_configuration(), **asked)
    assert len(result(by_name)["items"][0]["annotations"]) >= 3
    pages = dc.contextualization.FileReference(file_id=file.id, first_page=2, last_page=2)
    ranged = client.diagrams.detect(entities=ENTITIES, file_references=[pages])
    assert {one["region"]["page"] for one in result(ranged)["items"][0]["annotations"]} == {2}
    again = client.diagrams.get_detect_jobs(job_ids=[job.job_id, ranged.job_id])
    assert [one.status for one in again] == ["Completed", "Completed"]
    bundle, _ = client.diagrams.detect(entities=ENTITIES, file_ids=[file.id], multiple_jobs=True)
    done, failed = bundle.result
    assert (len(done), failed) == (1, [])


def _configuration() -> Any:
    return dc.contextualization.DiagramDetectConfig(min_fuzzy_score=0.9, remove_leading_zeros=True)


def failures(client: CogniteClient) -> None:
    """A file that can't be read, alone and beside one that can; files that aren't there."""
    bad = client.files.upload_bytes(b"hello", name="bad", external_id="bad")
    sheet = client.files.retrieve(external_id="sheet")
    job = client.diagrams.detect(entities=ENTITIES, file_ids=[bad.id, sheet.id])
    items = {one["fileId"]: one for one in result(job)["items"]}
    assert items[bad.id]["errorMessage"]
    assert items[sheet.id]["annotations"]
    errors = job.get_errors() if hasattr(job, "get_errors") else job.errors
    assert errors == [items[bad.id]["errorMessage"]]
    alone = client.diagrams.detect(entities=ENTITIES, file_ids=[bad.id])
    refusal = refused(Exception, lambda: result(alone))
    assert type(refusal).__name__ in ("CogniteModelFailedError", "ModelFailedException")
    refused(refusals.CogniteAPIError, lambda: client.diagrams.detect(entities=ENTITIES, file_ids=[1]))
    empty = refused(refusals.CogniteAPIError, lambda: client.diagrams.detect(entities=[], file_ids=[sheet.id]))
    assert empty.code == 400


def tokens(client: CogniteClient, address: str, token: str) -> None:
    """Whose the token is, and what a wrong project says."""
    assert [one.url_name for one in client.iam.token.inspect().projects] == ["default"]
    refused(refusals.CogniteException, lambda: client_of(address, token, "nowhere").files.list())
    refused(refusals.CogniteException, lambda: client_of(address, "a:b").files.list())


def client_credentials(address: str, key: str) -> None:
    """An API key's id and secret as a client of OAuth 2, in version 8; version 7 takes no address without TLS."""
    if __version__.startswith("7."):
        return
    id_, _, secret = key.partition(":")
    given = {"token_url": f"{address}/oauth/token", "client_id": id_, "scopes": ["any/.default"]}
    client = client_of(address, OAuthClientCredentials(client_secret=secret, **given))
    assert [one.url_name for one in client.iam.token.inspect().projects] == ["default"]
    assert client.files.list(limit=1) is not None
    wrong = client_of(address, OAuthClientCredentials(client_secret=f"{secret}0", **given))
    refusal = refused(refusals.CogniteOAuthError, lambda: wrong.files.list(limit=1))
    assert "invalid_client" in str(refusal), refusal


def walk(address: str, token: str) -> None:
    """All of it, on a server that has no files yet."""
    client = client_of(address, token)
    with tempfile.TemporaryDirectory() as folder:
        files(client, Path(folder))
    diagrams(client)
    failures(client)
    annotations(client)
    nodes(client)
    tokens(client, address, token)
    client_credentials(address, token)


if __name__ == "__main__":
    walk(sys.argv[1], sys.argv[2])
