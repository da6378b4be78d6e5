"""Plain sentences made from the model: what a connection does, what an object is, what a diagram shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nunatak.core.model import ModelConnection, ModelObject

MOST_SENTENCES = 200


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a connection's name may begin with to be a verb; "sends" is told from "send".
_VERBS = _words(
    """accept access add aggregate alert analyse analyze approve ask assign authenticate authorise authorize backup book
    browse buy cache calculate call cancel capture change charge check collect compute configure connect consume control
    convert copy create delegate delete deliver deploy display distribute download edit emit enrich enter execute export
    extract fetch find forward generate get give handle host import index ingest initiate inspect install integrate
    invoke issue keep list listen load log look maintain make manage monitor move notify observe obtain open
    orchestrate pass pay persist place poll post process produce provide provision proxy publish pull push put query
    queue raise read receive record redirect register relay render replicate report request respond retrieve return
    review route run save schedule scrape search see select send serve set share show sign start store stream submit
    subscribe sync synchronise synchronize track transfer transform trigger update upload use validate verify view visit
    watch work write"""
)
# Verbs that take what follows without "to".
_DIRECT = _words("access call control host invoke manage monitor notify query track trigger update use visit")
_PREPOSITIONS = _words("about at by for from in into of on onto over through to via with")


def of_connection(
    connection: ModelConnection,
    origin: ModelObject,
    target: ModelObject,
    *,
    parents: dict[str, str],
    via: str = "",
    technologies: Sequence[str] = (),
    detailed: bool = False,
) -> str:
    """What a connection does, in a sentence; `detailed` says of both ends what and where they are, by `parents`, the
    names of objects by id."""
    one, other = (_introduced(end, parents) if detailed else _name(end) for end in (origin, target))
    over = f" over {listed(list(technologies))}" if technologies else ""
    through = f" through {via}" if via else ""
    return f"{_said(connection, one, other, _name(target))}{through}{over}."


def _said(connection: ModelConnection, one: str, other: str, target: str) -> str:
    words = connection.name.split()
    if words and words[0].lower() in _PREPOSITIONS:
        words = []
    phrase = _phrase(words)
    if connection.direction == "bidirectional":
        return f"{one} and {other} exchange messages" + (f": {' '.join(words)}" if words else "")
    if phrase is None:
        return f"{one} connects to {other}" + (f": {' '.join(words)}" if words else "")
    if phrase.lower().endswith(f" {target.lower()}"):  # the name names its target already
        return f"{one} {phrase[: -len(target)]}{other}"
    last = phrase.rpartition(" ")[2].lower()
    single = " " not in phrase and _stem(last) in _DIRECT
    return f"{one} {phrase} {other}" if single or last in _PREPOSITIONS else f"{one} {phrase} to {other}"


def _phrase(words: list[str]) -> str | None:
    """The name as what follows "it": "Send orders" is "sends orders"; None where it begins with no verb."""
    if not words:
        return "uses"
    stem = _stem(words[0].lower())
    if stem is None:
        return None
    return " ".join([_third(stem), *words[1:]]).rstrip(".")


def _stem(word: str | None) -> str | None:
    word = word or ""
    ends = (word, word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('ies')}y")
    return next((stem for stem in ends if stem in _VERBS), None)


def _third(stem: str) -> str:
    if stem.endswith(("s", "sh", "ch", "x", "o")):
        return f"{stem}es"
    return f"{stem[:-1]}ies" if stem.endswith("y") and stem[-2] not in "aeiou" else f"{stem}s"


def _introduced(found: ModelObject, parents: dict[str, str]) -> str:
    """A name with what it is and where: "Web shop (app, in Shop)"."""
    above = parents.get(found.parent_id or "", "")
    kind = f"external {found.type}" if found.external else found.type
    return f"{_name(found)} ({kind}, in {above})" if above else f"{_name(found)} ({kind})"


def of_object(found: ModelObject, parents: dict[str, str]) -> str:
    """What an object is, in its own words where it has any."""
    caption = "" if not isinstance(found.caption, str) else " ".join(found.caption.split()).rstrip(".")
    return f"{_introduced(found, parents)}: {caption}." if caption else f"{_introduced(found, parents)}."


def of_diagram(name: str, objects: Sequence[ModelObject], connections: int, *, most: int = 5) -> str:
    """What a diagram shows, counted, with the names of some of its objects."""
    if not objects:
        return f"{name or 'The diagram'} shows nothing yet."
    counts = Counter(found.type for found in objects)
    shown = listed([_counted(count, type_) for type_, count in sorted(counts.items())])
    names = [_name(found) for found in objects[:most]]
    more = len(objects) - len(names)
    named = listed([*names, f"{more} more"] if more else names)
    joined = f", joined by {_counted(connections, 'connection')}" if connections else ""
    return f"{name or 'The diagram'} shows {shown}{joined}: {named}."


def together(sentences: Sequence[str]) -> str:
    """Sentences as lines, the first two hundred of them and how many there are besides."""
    kept = list(sentences[:MOST_SENTENCES])
    if len(sentences) > len(kept):
        kept.append(f"There are {len(sentences) - len(kept):,} more.")
    return "\n".join(kept)


def listed(words: Sequence[str]) -> str:
    """Words with commas and an "and"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _name(found: ModelObject) -> str:
    return " ".join(found.name.split()) or f"An unnamed {found.type}"
