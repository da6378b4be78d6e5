from __future__ import annotations

import msgspec
import pytest

from nunatak.core.reality import CONNECTORS, RealityConnector


def test_there_are_four_places_in_five_hosts_and_the_plain_address() -> None:
    tags = [each.__struct_config__.tag for each in CONNECTORS]
    assert len(set(tags)) == 21
    assert {"url", "github-repo", "bitbucket-server-file", "azure-devops-branch"} <= set(tags)


def test_a_connector_is_read_by_its_type_and_written_as_it_was() -> None:
    wire = {"type": "github-file", "ownerId": 1, "repositoryId": 2, "branchName": "main", "path": "a/b"}
    connector = msgspec.convert(wire, RealityConnector)
    assert type(connector).__name__ == "RealityConnectorGithubFile"
    assert msgspec.to_builtins(connector) == wire


def test_a_connector_without_what_its_type_needs_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="branchName"):
        msgspec.convert({"type": "gitlab-branch", "projectId": 1}, RealityConnector)
