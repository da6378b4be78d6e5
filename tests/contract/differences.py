"""What a document's fingerprint lacks, or says differently, from the contract's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
_LIMITS = frozenset({"of", "list", "map"})


def differences(ours: Json, contract: Json, *, whole: bool = False) -> list[str]:
    """All differences, each by operation and path ("tags.create body.color: …"), of the operations that both have; with
    `whole` also the operations of the contract that ours lacks.

    Ours may have more: operations marked as own, optional fields and parameters marked as own, limits where the
    contract has none, refusals, and in answers fields that are always there where the contract says they may be."""
    found: list[str] = []
    for name, theirs in contract["operations"].items():
        if name in ours["operations"]:
            found += Comparison(ours=ours["types"], contract=contract["types"]).operation(
                name, ours["operations"][name], theirs
            )
        elif whole:
            found.append(f"{name}: missing")
    extra = set(ours["operations"]) - set(contract["operations"])
    found += [f"{name}: not in the contract" for name in sorted(extra) if not ours["operations"][name].get("own")]
    return found


@dataclass(kw_only=True)
class Comparison:
    """One comparison of two types, whose names are looked up on either side; `seen` ends recursion."""

    ours: Json
    contract: Json
    seen: set[tuple[str, str, bool]] = field(default_factory=set)

    def operation(self, name: str, ours: Json, theirs: Json) -> list[str]:
        """The differences of one operation."""
        found = [
            f"{name} {word}: {ours.get(word)!r}, expected {theirs.get(word)!r}"
            for word in ("at", "anonymous", "for readers")
            if ours.get(word) != theirs.get(word)
        ]
        found += self.fields(ours.get("query", {}), theirs.get("query", {}), f"{name} query", answer=False)
        if ("body" in ours) != ("body" in theirs):
            found.append(f"{name} body: {'body' in ours}, expected {'body' in theirs}")
        elif "body" in theirs:
            found += self.fields({"body": ours["body"]}, {"body": theirs["body"]}, name, answer=False)
        found += self.type(ours["answer"], theirs["answer"], f"{name} answer", answer=True)
        if missing := set(theirs["refusals"]) - set(ours["refusals"]):
            found.append(f"{name} refusals: {sorted(missing)} missing")
        return found

    def fields(self, ours: Json, theirs: Json, path: str, *, answer: bool) -> list[str]:
        """The differences of two sets of fields."""
        found = [f"{path}.{name}: missing" for name in theirs if name not in ours]
        for name, mine in ours.items():
            if name not in theirs:
                if "own" not in mine or "may" not in mine:
                    found.append(f"{path}.{name}: neither in the contract nor marked as own and optional")
                continue
            needed, expected = "may" not in mine[1:], _needed(theirs[name], answer=answer)
            if needed != expected and not (answer and needed):
                found.append(f"{path}.{name}: {_word(needed)}, expected {_word(expected)}")
            found += self.type(mine[0], theirs[name][0], f"{path}.{name}", answer=answer)
        return found

    def type(self, ours: Any, theirs: Any, path: str, *, answer: bool) -> list[str]:
        """The differences of two types."""
        if ours == theirs == "any":
            return []
        if _named(ours) or _named(theirs):
            return self._by_name(ours, theirs, path, answer=answer)
        if not (isinstance(ours, dict) and isinstance(theirs, dict)):
            return self._plain(ours, theirs, path)
        if "fields" in ours and "fields" in theirs:
            return self.fields(ours["fields"], theirs["fields"], path, answer=answer)
        if "one of" in ours and "one of" in theirs:
            return self._union(ours["one of"], theirs["one of"], path, answer=answer)
        for word, step in (("list", "[]"), ("map", ".*")):
            if word in ours and word in theirs:
                limits = self._limits(ours, theirs, path)
                return limits + self.type(ours[word], theirs[word], path + step, answer=answer)
        return self._plain(ours, theirs, path)

    def _by_name(self, ours: Any, theirs: Any, path: str, *, answer: bool) -> list[str]:
        if _named(ours) and _named(theirs):
            if (ours, theirs, answer) in self.seen:
                return []
            self.seen.add((ours, theirs, answer))
        mine = self.ours[ours[1:]] if _named(ours) else ours
        expected = self.contract[theirs[1:]] if _named(theirs) else theirs
        return self.type(mine, expected, path, answer=answer)

    def _plain(self, ours: Any, theirs: Any, path: str) -> list[str]:
        mine, expected = _bare(ours), _bare(theirs)
        if mine != expected:
            return [f"{path}: {mine}, expected {expected}"]
        return self._limits(ours, theirs, path)

    def _limits(self, ours: Any, theirs: Any, path: str) -> list[str]:
        stated = {word: n for word, n in theirs.items() if word not in _LIMITS} if isinstance(theirs, dict) else {}
        given = ours if isinstance(ours, dict) else {}
        return [
            f"{path}: {word} {given.get(word)}, expected {n}"
            for word, n in stated.items()
            if word != "words" and given.get(word) != n
        ]

    def _union(self, ours: list[Any], theirs: list[Any], path: str, *, answer: bool) -> list[str]:
        """Each member must match one on the other side; what is left over on both is compared to say how it differs."""
        left, lacking = list(ours), []
        for expected in theirs:
            match = next((mine for mine in left if not self._try(mine, expected, answer=answer)), None)
            if match is None:
                lacking.append(expected)
            else:
                left.remove(match)
        if len(left) == len(lacking) == 1:
            return self.type(left[0], lacking[0], path, answer=answer)
        return [f"{path}: lacks {_bare(each)}" for each in lacking] + [
            f"{path}: has {_bare(each)} too" for each in left
        ]

    def _try(self, ours: Any, theirs: Any, *, answer: bool) -> list[str]:
        trial = Comparison(ours=self.ours, contract=self.contract, seen=set(self.seen))
        return trial.type(ours, theirs, "", answer=answer)


def _named(kind: Any) -> bool:
    return isinstance(kind, str) and kind.startswith("@")


def _bare(kind: Any) -> Any:
    """A type without its limits."""
    return kind["of"] if isinstance(kind, dict) and "of" in kind else kind


def _needed(theirs: list[Any], *, answer: bool) -> bool:
    return "may" not in theirs[1:] and ("always" not in theirs[1:] or answer)


def _word(needed: bool) -> str:
    return "required" if needed else "optional"
