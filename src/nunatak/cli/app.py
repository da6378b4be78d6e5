"""The command line's table of commands; each imports what it needs when it runs, for start-up time is imports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from nunatak import __version__
from nunatak.cli.keys import PLAIN, Data, Organization, environment, keys_app
from nunatak.core.errors import Refusal
from nunatak.settings import Settings, strangers

app = typer.Typer(
    name="nunatak",
    help="Software landscapes as a C4 model, and their diagrams as pictures. Self-hosted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=PLAIN,
)
import_app = typer.Typer(help="Bring a file into a landscape.", no_args_is_help=True, rich_markup_mode=PLAIN)
secret_app = typer.Typer(
    help="The installation's secret: renew it, and forget older ones.", no_args_is_help=True, rich_markup_mode=PLAIN
)
app.add_typer(keys_app, name="keys")
app.add_typer(secret_app, name="secret")
app.add_typer(import_app, name="import")

Database = Annotated[str | None, typer.Option(help="Address of the database. [default: SQLite in the data folder]")]
Blobs = Annotated[str | None, typer.Option(help="Address of the file storage. [default: the data folder]")]
Jobs = Annotated[str | None, typer.Option(help="Kinds of jobs to do: all, none, or some with commas. [default: all]")]
Server = Annotated[str | None, typer.Option(help="Address of a running server, instead of a data folder.")]
Key = Annotated[str | None, typer.Option(help="API key `id:secret` for --server.", envvar="NUNATAK_API_KEY")]


def main() -> None:
    """The program's entry: refusals, and faults of what is around it, become words on stderr and exit status 1."""
    try:
        app()
    except Refusal as refusal:
        further = (f"  {error}" for error in refusal.errors if error not in refusal.message)
        _end(f"nunatak: {refusal.message}", *further)
    except Exception as error:
        from nunatak.cli.faults import words

        if (told := words(error)) is None:
            raise
        _end(f"nunatak: {told}")


def _end(*lines: str) -> NoReturn:
    for line in lines:
        print(line, file=sys.stderr)
    raise SystemExit(1) from None


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one. [default: 8400]")] = None,
    data: Data = None,
    database: Database = None,
    blobs: Blobs = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve; PostgreSQL only. [default: 1]")] = None,
    jobs: Jobs = None,
    member: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the server; the first start makes a database, a key and a sample landscape."""
    given = {"host": host, "port": port, "data": data, "database": database, "blobs": blobs}
    settings = Settings.from_env(environment(), **given, workers=workers, jobs=jobs)
    if settings.workers == 1 or member:
        from nunatak.cli.serve import run

        run(settings, member=member)
    else:
        from nunatak.cli.fleet import run as run_fleet

        run_fleet(settings)


@app.command()
def worker(
    data: Data = None,
    database: Database = None,
    blobs: Blobs = None,
    jobs: Jobs = None,
) -> None:
    """Do jobs for the servers of a PostgreSQL database, and serve nothing."""
    from nunatak.cli.worker import run

    run(Settings.from_env(environment(), data=data, database=database, blobs=blobs, jobs=jobs))


@app.command()
def export(
    diagram: Annotated[str | None, typer.Argument(help="Id or handle of the diagram.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every diagram of every landscape.")] = False,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")] = Path(),
    flow: Annotated[str | None, typer.Option(help="Id or handle of a flow: its diagram with the flow told.")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="svg, png or pdf; of a flow also film, pages or steps.")
    ] = "svg",
    theme: Annotated[str, typer.Option(help="light or dark.")] = "light",
    max_width: Annotated[int | None, typer.Option(help="Widest PNG, 100 to 10240 pixels.")] = None,
    data: Data = None,
    server: Server = None,
    key: Key = None,
) -> None:
    """Write diagrams as pictures, or a flow as a film, from a data folder or a running server."""
    from nunatak.cli.export import Wanted, run

    wanted = Wanted(
        diagram=diagram, flow=flow, every=all_, output=output, format=format_, theme=theme, max_width=max_width
    )
    wanted.check()
    run(wanted, Settings.from_env(environment(), data=data), server=server, key=key)


@app.command()
def render(
    picture: Annotated[Path, typer.Argument(help="A picture as JSON: a diagram with all that it shows.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .svg, .png or .pdf.")],
    theme: Annotated[str, typer.Option(help="light or dark.")] = "light",
    max_width: Annotated[int | None, typer.Option(help="Widest PNG, in pixels.")] = None,
) -> None:
    """Draw a picture file: rendering alone, without a server or a database."""
    from nunatak.cli.render import run

    run(picture, output, theme=theme, max_width=max_width)


@app.command()
def convert(
    files: Annotated[list[Path], typer.Argument(help="PDF, TIFF, PNG or JPEG files.", metavar="FILE...")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")],
    tags: Annotated[Path | None, typer.Option(help="Tags to find: a CSV with a heading, or a JSON list.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Column of the tags; more of it are further spellings. [default: name]")
    ] = None,
    partial_match: Annotated[bool, typer.Option("--partial-match", help="Find tags by their ends, too.")] = False,
    min_tokens: Annotated[int, typer.Option(min=1, max=100, help="Least letter or digit groups of a hit.")] = 2,
    color: Annotated[bool, typer.Option("--color", help="Keep colours; without it pages are grey.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read and draw. [default: 2]")] = None,
    seconds: Annotated[int | None, typer.Option(min=1, help="How long a page may take. [default: 120]")] = None,
) -> None:
    """Find tags on drawings, and write each page as SVG and PNG: without a server."""
    from nunatak.cli.convert import Wanted, run

    wanted = Wanted(
        files=files,
        output=output,
        tags=tags,
        columns=column or ["name"],
        partial_match=partial_match,
        min_tokens=min_tokens,
        grayscale=not color,
    )
    settings = Settings.from_env(environment(), render_workers=workers, render_seconds=seconds)
    if not run(wanted, settings):
        raise typer.Exit(1)


@app.command()
def layout(
    picture: Annotated[Path, typer.Argument(help="A picture as JSON: a diagram with all that it shows.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="JSON file to write.")],
    direction: Annotated[str, typer.Option(help="right or down: which way most lines run.")] = "down",
    pin: Annotated[list[str] | None, typer.Option(help="Id of a thing that stays; may be given several times.")] = None,
    only_new: Annotated[bool, typer.Option("--only-new", help="Move only things that lie on others.")] = False,
) -> None:
    """Give the things of a picture file places, and its lines ways."""
    from nunatak.cli.layout import run

    run(picture, output, direction=direction, pinned=pin or [], only_new=only_new)


@app.command()
def migrate(
    data: Data = None,
    database: Database = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
) -> None:
    """Bring the database to this program's schema."""
    from nunatak.cli.operate import migrate as run

    run(Settings.from_env(environment(), data=data, database=database), dry_run=dry_run)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to write, such as nunatak.tar.gz.")],
    data: Data = None,
    database: Database = None,
    blobs: Blobs = None,
) -> None:
    """Write rows, files, secret and waiting jobs into one file, while the server goes on."""
    from nunatak.cli.backup import backup as run

    run(Settings.from_env(environment(), data=data, database=database, blobs=blobs), file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    data: Data = None,
    database: Database = None,
    blobs: Blobs = None,
    replace: Annotated[bool, typer.Option("--replace", help="Delete what is there.")] = False,
) -> None:
    """Make an installation what a backup says, of either engine; all of it or nothing."""
    from nunatak.cli.backup import restore as run

    run(Settings.from_env(environment(), data=data, database=database, blobs=blobs), file, replace=replace)


@app.command()
def move(
    source: Annotated[Path, typer.Option("--from", help="A data folder, or a file of settings.")],
    target: Annotated[Path, typer.Option("--to", help="A data folder, or a file of settings.")],
) -> None:
    """Copy an installation, stopped, into an empty one of either engine, and compare the two."""
    from nunatak.cli.backup import move as run

    run(source, target)


@app.command()
def doctor(data: Data = None) -> None:
    """Check an installation and say what is wrong with it."""
    from nunatak.cli.doctor import run

    found = environment()
    run(Settings.from_env(found, data=data), strangers(found))


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


@secret_app.command("rotate")
def secret_rotate(data: Data = None, database: Database = None) -> None:
    """Put a new secret before the old one, which still opens what it made; the server must be stopped."""
    from nunatak.cli.secret import rotate

    rotate(Settings.from_env(environment(), data=data, database=database))


@secret_app.command("forget")
def secret_forget(data: Data = None, database: Database = None) -> None:
    """Forget all secrets but the newest: what they signed and keys made under them open nothing any more."""
    from nunatak.cli.secret import forget

    forget(Settings.from_env(environment(), data=data, database=database))


@import_app.command("structurizr")
def import_structurizr(
    file: Annotated[Path, typer.Argument(help="A Structurizr workspace as JSON, not DSL.")],
    name: Annotated[str | None, typer.Option(help="Name of the new landscape; the workspace's without.")] = None,
    organization: Organization = None,
    data: Data = None,
) -> None:
    """Bring a Structurizr workspace in as a new landscape, with its diagrams."""
    from nunatak.cli.operate import bring_structurizr

    bring_structurizr(Settings.from_env(environment(), data=data), file, name=name, organization=organization)


@import_app.command("file")
def import_file(
    file: Annotated[Path, typer.Argument(help="Objects, connections and tags as JSON or YAML.")],
    landscape: Annotated[str, typer.Option("--into", help="Id of the landscape: it is in its address in the browser.")],
    prune: Annotated[bool, typer.Option("--prune", help="Delete what an earlier import brought and is gone.")] = False,
    data: Data = None,
    server: Server = None,
    key: Key = None,
) -> None:
    """Bring a file into a landscape, all of it or nothing; what is there from an earlier import is changed."""
    from nunatak.cli.bring import run

    settings = Settings.from_env(environment(), data=data)
    run(file, landscape, settings, prune=prune, server=server, key=key)
