"""The other commands, on a data folder and through a server."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from nunatak.cli.app import main
from tests.started import PRINTED_ADDRESS, Started, prepared

PICTURE = {"id": "p", "name": "P", "things": [{"id": "a", "modelId": "a", "type": "app", "x": 0, "y": 0, "name": "A"}]}
WORKSPACE = {
    "name": "Bank",
    "model": {
        "people": [
            {"id": "1", "name": "Customer", "relationships": [{"id": "9", "sourceId": "1", "destinationId": "2"}]}
        ],
        "softwareSystems": [{"id": "2", "name": "Ledger", "description": "Keeps accounts"}],
    },
    "views": {
        "systemContextViews": [
            {
                "key": "context",
                "softwareSystemId": "2",
                "elements": [{"id": "1", "x": 0, "y": 0}, {"id": "2", "x": 0, "y": 600}],
                "relationships": [{"id": "9"}],
            }
        ]
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    made = prepared(tmp_path_factory.mktemp("cli"))
    made.start()
    made.wait_for("Make the picture again")
    (made.folder / "picture.json").write_text(json.dumps(PICTURE))
    (made.folder / "workspace.json").write_text(json.dumps(WORKSPACE))
    (made.folder / "list.json").write_text("[]")
    yield made
    made.end()


def test_a_key_is_made_listed_and_revoked(server: Started) -> None:
    key = server.run("nunatak keys create ci --permission read").stdout.strip()
    id_, secret = key.split(":")
    listed = server.run("nunatak keys list").stdout
    assert f"{id_}  read     active" in listed
    assert secret not in listed
    call = f"curl -s -o /dev/null -w '%{{http_code}}' -H 'X-API-Key: {key}' http://127.0.0.1:8400/v1/organizations"
    assert server.run(call).stdout == "200"
    assert server.run(f"nunatak keys revoke {id_}").stdout == f"{id_} is revoked\n"
    assert server.run(call).stdout == "401"


def test_a_workspace_comes_in_as_a_landscape_with_its_diagrams(server: Started) -> None:
    done = server.run("nunatak import structurizr workspace.json --name Imported")
    assert done.stdout.startswith("Imported: 2 objects, 1 connections, 1 diagrams"), done.stderr
    diagram = done.stdout.split()[-1]
    paths = server.run(f"nunatak export {diagram} -o out --format png --theme dark").stdout.split()
    assert (server.folder / paths[0]).read_bytes().startswith(b"\x89PNG")


def test_exports_from_the_folder_and_through_the_server_are_the_same(server: Started) -> None:
    assert server.run("nunatak export --all -o here").returncode == 0
    through = f"nunatak export --all -o there --server http://127.0.0.1:8400 --key {server.key}"
    assert server.run(through).returncode == 0
    here = {path.name: path.read_bytes() for path in (server.folder / "here").iterdir()}
    there = {path.name: path.read_bytes() for path in (server.folder / "there").iterdir()}
    assert len(here) >= 3
    assert here == there


@pytest.mark.parametrize(("file", "start"), [("x.svg", b"<svg"), ("x.png", b"\x89PNG")])
def test_a_picture_file_is_drawn_without_a_server(server: Started, file: str, start: bytes) -> None:
    assert server.run(f"nunatak render picture.json -o {file}").stdout == f"{file}\n"
    assert (server.folder / file).read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("export", "DIAGRAM: expected the id or handle of a diagram, or else --all or --flow"),
        ("export nothing", "There is no diagram nothing"),
        ("export --all --format gif", "--format: expected svg, png or pdf, got gif"),
        ("export --all --format film", "--format: expected svg, png or pdf, got film"),
        ("export --flow nothing --format film", "There is no flow nothing"),
        ("export --flow nothing --format gif", "--format: expected svg, png, pdf, film, pages or steps, got gif"),
        ("export --all --max-width 1", "--max-width: expected 100 to 10240, got 1"),
        ("export --all --data nowhere", "There is no database in nowhere"),
        ("export --all --server http://127.0.0.1:1 --key a:b", "can't be reached"),
        ("export --all --server http://127.0.0.1:8400 --key a:b", "401 The API key is not valid"),
        ("render nothing.json -o x.svg", "nothing.json can't be read"),
        ("render workspace.json -o x.svg", "This is no picture"),
        ("layout nothing.json -o x.json", "nothing.json can't be read"),
        ("layout picture.json -o x.json --direction up", "--direction: expected right or down, got up"),
        ("layout picture.json -o x.json --pin nobody", "pinnedIds: expected ids of the diagram's objects, got nobody"),
        ("render picture.json -o x.gif", "expected a .svg, .png or .pdf file"),
        ("import structurizr picture.json", "model"),
        ("keys create x --permission owner", "--permission: expected read, write, admin or billing"),
        ("import structurizr workspace.json --organization no", "--organization: expected one of"),
        ("keys revoke nothing", "Api key not found"),
        ("import structurizr workspace.dsl", "expected JSON, which `structurizr-cli export -workspace workspace.dsl"),
        ("import file list.json --into x", "list.json is not valid"),
        ("serve --data picture.json", "--data: expected a folder, or where one can be made: File exists"),
        ("serve --port 70000", "NUNATAK_PORT: expected 0 to 65535, got 70000"),
        ("serve --data other --host 192.0.2.1", "Cannot assign requested address; give another --host"),
        ("serve --database postgres://u:p@h/d", "NUNATAK_DATABASE: expected postgresql+psycopg://USER:PASSWORD@HOST"),
        ("migrate --database postgresql+psycopg://u:p@127.0.0.1:1/d", "The database can't be used: connection failed"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_one_line(
    server: Started, command: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Carried out in this process: starting one for each would take longer than all the rest."""
    monkeypatch.chdir(server.folder)
    command = command.replace(PRINTED_ADDRESS, server.address)
    monkeypatch.setattr("sys.argv", ["nunatak", *command.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert words in capsys.readouterr().err


def test_the_doctor_finds_nothing_wrong_and_then_an_open_secret(server: Started) -> None:
    well = server.run("nunatak doctor")
    assert well.returncode == 0
    assert "  ok     scans: text of drawings that is drawn, not written, is read\n" in well.stdout
    (server.data / "secret").chmod(0o644)
    ill = server.run("nunatak doctor")
    (server.data / "secret").chmod(0o600)
    assert ill.returncode == 1
    assert "can be read by everybody" in ill.stdout


def test_the_doctor_names_variables_that_are_no_settings(
    server: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(server.folder)
    monkeypatch.setenv("NUNATAK_PROT", "1")
    monkeypatch.setattr("sys.argv", ["nunatak", "doctor"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "  UNSAFE settings: NUNATAK_PROT is not known and has no effect; NUNATAK_PORT is" in capsys.readouterr().out


def test_the_help_tells_what_is_taken_where_nothing_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["nunatak", "serve", "--help"])
    with pytest.raises(SystemExit):
        main()
    told = " ".join(capsys.readouterr().out.split())
    assert "Port to listen on; 0 takes a free one. [default: 8400]" in told
    assert "Address of the database. [default: SQLite in the data folder]" in told


def test_the_settings_of_the_environment_count_unless_they_are_wrong(server: Started) -> None:
    assert server.run("NUNATAK_DATA=data nunatak keys list --help").returncode == 0
    wrong = server.run("NUNATAK_PORT=many nunatak doctor")
    assert "NUNATAK_PORT: expected a whole number, got 'many'" in wrong.stderr


MODEL = """\
namespace: repository
modelObjects:
  - {id: shop, name: Shop, type: domain}
  - {id: crm, name: Crm, type: system, parentId: shop}
"""


@pytest.mark.parametrize("how", ["", "--server http://127.0.0.1:8400"])
def test_a_file_of_objects_comes_into_a_landscape_and_its_bad_entries_are_named(server: Started, how: str) -> None:
    organization = server.call("GET", "/v1/organizations")["organizations"][0]["id"]
    made = server.call("POST", f"/v1/organizations/{organization}/landscapes", {"name": "Model"})
    id_ = made["landscape"]["id"]
    (server.folder / "model.yaml").write_text(MODEL)
    done = server.run(f"nunatak import file model.yaml --into {id_} --prune {how}")
    assert done.stdout == f"model.yaml: 2 objects, 0 connections are in landscape {id_}\n", done.stderr
    objects = server.call("GET", f"/v1/landscapes/{id_}/versions/latest/model/objects")["modelObjects"]
    assert [one["labels"].get("import-namespace") for one in objects if one["name"] == "Crm"] == ["repository"]
    (server.folder / "model.yaml").write_text(MODEL.replace("parentId: shop", "parentId: nowhere"))
    refused = server.run(f"nunatak import file model.yaml --into {id_} {how}")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "  model-object crm: Parent nowhere not found" in refused.stderr
    assert "Traceback" not in refused.stderr
    (server.folder / "model.yaml").write_text("modelObjects:\n  - {id: 1}")
    refused = server.run(f"nunatak import file model.yaml --into {id_} {how}")
    assert "body.modelObjects[0].id: expected a string, got 1" in refused.stderr
