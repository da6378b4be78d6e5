"""The webhooks of the document: one of each collection, as receivers of the hosted product know them."""

from __future__ import annotations

import re

from nunatak.api.icepanel.messages import described
from nunatak.api.icepanel.schema import Schemas

THEIRS = {"diagram", "diagram-group", "domain", "flow", "model-connection", "model-object", "tag", "tag-group"}


def test_there_is_a_message_of_each_collection_and_ours_are_marked() -> None:
    found = described(Schemas())
    assert found.keys() >= THEIRS
    assert {name for name, item in found.items() if "x-nunatak" in item["post"]} == found.keys() - THEIRS
    assert found["tag-group"]["post"]["operationId"] == "webhooks.tag-group"


def test_a_message_says_what_happened_to_what_and_proves_its_sender() -> None:
    schemas = Schemas()
    message = described(schemas)["model-object"]["post"]
    assert message["security"] == []
    headers = {each["name"]: each["schema"]["pattern"] for each in message["parameters"]}
    assert headers.keys() == {"X-IcePanel-Signature", "X-IcePanel-Timestamp"}
    assert re.fullmatch(headers["X-IcePanel-Signature"], "0" * 64)
    body = message["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["collection", "operation", "organizationId", "resourceId", "subscriptionId"]
    assert body["properties"]["collection"] == {"type": "string", "enum": ["model-object"]}
    assert body["properties"]["operation"]["enum"] == ["created", "updated", "deleted"]
    for side in ("before", "after"):
        subject = body["properties"][side]
        assert (set(subject["properties"]), subject["required"]) == ({"id", "landscapeId", "versionId"}, ["id"])
    assert schemas.found == {}
