"""`nunatak serve`, as a newcomer and an operator meet it."""

from __future__ import annotations

import json
import re
import signal
import stat
import threading
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest

from tests.started import Started, prepared

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """One for all: whoever ends it starts it again, and what only the first start says is read first."""
    made = prepared(tmp_path_factory.mktemp("serve"))
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end()


def diagram_path(server: Started) -> str:
    """The path of the sample's first diagram."""
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    land = server.call("GET", f"/v1/organizations/{organization}/landscapes")["landscapes"][0]["id"]
    diagram = server.call("GET", f"/v1/landscapes/{land}/versions/latest/diagrams")["diagrams"][0]["id"]
    return f"/v1/landscapes/{land}/versions/latest/diagrams/{diagram}"


def test_the_first_start_has_a_picture_a_private_key_and_a_curl_that_works(server: Started) -> None:
    server.wait_for(r"Make the picture again")
    assert (server.data / "sample.png").read_bytes().startswith(PNG)
    assert (server.data / "sample.svg").read_text().startswith("<svg")
    for name in ("admin-api-key", "secret"):
        assert stat.S_IMODE((server.data / name).stat().st_mode) == 0o600
    assert server.key in server.printed
    curl = server.wait_for(r"(?s)curl -sX POST .*?'\{.*?\}'").group()
    record = json.loads(server.run(curl).stdout)["diagramExportImage"]
    done = server.finished(f"{diagram_path(server)}/export/image", record)
    assert done["options"] == {"theme": "dark"}
    assert server.read(done["fileUrls"]["png"]).startswith(PNG)


def test_every_request_has_a_line_in_the_log_with_its_id_and_no_key(server: Started) -> None:
    server.wait_for(r"Make the picture again")
    line = server.wait_for(r"request .*path=/v1/organizations request_id=([0-9a-f]{16}) status=200")
    assert line
    lines = [line for line in server.printed.splitlines() if "[info" in line]
    assert not any(server.key.partition(":")[2] in line for line in lines)


def test_the_second_start_keeps_everything_and_says_less(server: Started) -> None:
    before = (server.call("GET", "/v1/organizations"), server.key)
    server.wait_for(r"Make the picture again")
    assert server.end() == 0
    server.start()
    assert (server.call("GET", "/v1/organizations"), server.key) == before
    assert server.key not in server.printed


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_job_in_hand_and_then_the_server(server: Started, number: int) -> None:
    path = f"{diagram_path(server)}/export/image"
    record = server.call("POST", path, {"maxWidth": 777})["diagramExportImage"]
    assert server.end(number) == 0
    server.start()
    assert server.finished(path, record)["error"] is None


def test_a_killed_server_finishes_its_jobs_after_a_restart(server: Started) -> None:
    path = f"{diagram_path(server)}/export/image"
    records = [server.call("POST", path, {"maxWidth": 500 + i})["diagramExportImage"] for i in range(8)]
    server.end(signal.SIGKILL)
    server.start()
    for record in records:
        done = server.finished(path, record)
        assert done["error"] is None
        assert server.read(done["fileUrls"]["png"]).startswith(PNG)


def test_a_second_server_on_the_same_folder_is_refused_in_words(server: Started) -> None:
    done = server.run("nunatak serve --port 0 --data data")
    assert done.returncode == 1
    assert "already working on data" in done.stderr


def test_a_second_server_on_the_same_port_is_refused_before_it_makes_anything(server: Started) -> None:
    done = server.run(f"nunatak serve --port {server.port} --data other")
    assert done.returncode == 1
    assert f"can't listen on 127.0.0.1:{server.port}: Address already in use" in done.stderr
    assert not (server.folder / "other" / "nunatak.db").exists()


def test_the_same_picture_gives_the_same_bytes(server: Started) -> None:
    path = f"{diagram_path(server)}/export/image"
    urls = [server.finished(path, server.call("POST", path, {})["diagramExportImage"])["fileUrls"] for _ in range(2)]
    for name in ("svg", "png"):
        assert server.read(urls[0][name]) == server.read(urls[1][name])


def test_many_at_once_all_get_their_own_picture(server: Started) -> None:
    path = f"{diagram_path(server)}/export/image"
    found: dict[int, Any] = {}

    def export(width: int) -> None:
        found[width] = server.finished(path, server.call("POST", path, {"maxWidth": width})["diagramExportImage"])

    threads = [threading.Thread(target=export, args=(width,)) for width in range(300, 312)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for width, done in found.items():
        assert int.from_bytes(server.read(done["fileUrls"]["png"])[16:20]) == width
    assert len(found) == 12


def test_a_thumbnail_is_always_there_and_its_address_is_no_guess(server: Started) -> None:
    path = diagram_path(server)
    thumbnail = server.call("GET", f"{path}/thumbnail")["thumbnail"]
    assert server.read(thumbnail["url"]).startswith(PNG)
    assert thumbnail["id"] in server.call("GET", f"{path.rpartition('/')[0]}/thumbnails")["thumbnails"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        server.read(thumbnail["url"][:-2])


def test_the_guides_curls_work_but_for_their_host(server: Started) -> None:
    version = re.sub(r"/diagrams/.*", "", diagram_path(server))
    script = f"""
    land=http://127.0.0.1:8400{version.removesuffix("/versions/latest")}
    apiKey={server.key}
    id() {{ grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4; }}
    parentId=$(curl -fsS -g "$land/versions/latest/model/objects?filter[type]=root" \\
      -H 'Content-Type: application/json' -H "Authorization: ApiKey $apiKey" | id)
    modelObjectId=$(curl -fsS -X POST "$land/versions/latest/model/objects" \\
      -H 'Content-Type: application/json' -H "Authorization: ApiKey $apiKey" \\
      -d '{{"name": "New system", "type": "system", "parentId": "'$parentId'"}}' | id)
    curl -fsS -X PATCH "$land/versions/latest/model/objects/$modelObjectId" -H "Authorization: ApiKey $apiKey" \\
      -d '{{"description": "# Heading\\nbody"}}'
    curl -fsS -X PATCH "$land/versions/latest/model/objects/$modelObjectId" -H 'Content-Type: application/json' \\
      -H "Authorization: ApiKey $apiKey" -d '{{"labels": {{"cloudId": "x"}}}}'
    echo
    curl -fsS -g "$land/versions/latest/model/objects?filter[labels][cloudId]=x" -H "Authorization: ApiKey $apiKey"
    """
    done = server.run(script)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])["modelObjects"]
    assert [(one["name"], one["description"]) for one in found] == [("New system", "# Heading\nbody")]
