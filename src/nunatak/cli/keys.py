"""The commands on API keys, and what they have in common with the others: the data folder and the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from nunatak.settings import Settings, read_settings

# Help is plain text: markup would take [default: …] for its own, and boxes are in the way of logs and screen readers.
PLAIN = None
keys_app = typer.Typer(
    help="API keys: make, list, renew and revoke them.", no_args_is_help=True, rich_markup_mode=PLAIN
)

Data = Annotated[Path | None, typer.Option(help="Folder of the database, the files and the secrets. [default: data]")]
Organization = Annotated[str | None, typer.Option(help="Id of the organization, when there are several.")]


def environment() -> dict[str, str]:
    """The process's variables, over those of the file that NUNATAK_SETTINGS names."""
    file = os.environ.get("NUNATAK_SETTINGS")
    return (read_settings(Path(file)) if file else {}) | dict(os.environ)


@keys_app.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    permission: Annotated[str, typer.Option(help="read, write, admin or billing.")] = "read",
    days: Annotated[int, typer.Option(min=0, help="Days after which the key ends; 0 is never.")] = 0,
    organization: Organization = None,
    data: Data = None,
) -> None:
    """Make a key and print it, this once."""
    from nunatak.cli.operate import create_key

    create_key(Settings.from_env(environment(), data=data), name, permission, organization, days=days)


@keys_app.command("rotate")
def keys_rotate(
    key_id: Annotated[str, typer.Argument(help="Id of the key.")],
    keep_days: Annotated[int, typer.Option(min=0, max=90, help="Days that the old secret opens on.")] = 7,
    data: Data = None,
) -> None:
    """Give a key a new secret and print it, this once."""
    from nunatak.cli.operate import rotate_key

    rotate_key(Settings.from_env(environment(), data=data), key_id, keep_days=keep_days)


@keys_app.command("list")
def keys_list(data: Data = None) -> None:
    """List the keys, without their secrets."""
    from nunatak.cli.operate import list_keys

    list_keys(Settings.from_env(environment(), data=data))


@keys_app.command("revoke")
def keys_revoke(key_id: Annotated[str, typer.Argument(help="Id of the key.")], data: Data = None) -> None:
    """Revoke a key: it opens nothing from now on."""
    from nunatak.cli.operate import revoke_key

    revoke_key(Settings.from_env(environment(), data=data), key_id)
