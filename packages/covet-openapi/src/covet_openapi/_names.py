"""Readable names for schema definitions: as short as they can be, equal schemas under one name.

A definition is called what its class is called. Definitions that look the same, references
included, are one component. Those of one name that differ are told apart by what really differs:
``Post-Input`` and ``Post-Output`` are one class read and written, ``BlogPost`` and ``ShopPost``
classes of two modules.
"""

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._json import map_strings, strings_in
from ._schemas import Definition, is_reference

_CORE_REF = re.compile(r"(?P<path>[^:\[]+):(?P<id>\d+)(?:\[(?P<arguments>.*)\])?", re.DOTALL)
_ARGUMENT = re.compile(r"(?P<shown>.*?):(?P<id>\d+)(?:,|$)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_]+")
_SUFFIXES: Mapping[str, str] = {"validation": "-Input", "serialization": "-Output"}


def references_in(value: Any) -> list[str]:
    """Return the references in a JSON value, in order of appearance."""
    return [text for text in strings_in(value) if is_reference(text)]


def reachable(document: Any, definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """Return the definitions that *document* needs, directly or not, in their given order."""
    needed: set[str] = set()
    waiting = [*references_in(document)]
    while waiting:
        reference = waiting.pop()
        if reference not in needed:
            needed.add(reference)
            waiting.extend(references_in(definitions[reference].schema))
    return {key: value for key, value in definitions.items() if key in needed}


def name_definitions(definitions: Mapping[str, Definition]) -> dict[str, str]:
    """Return a component name for each reference; equal definitions get the same name."""
    classes = {definition.core_ref for definition in definitions.values()}
    labels = {core_ref: _Label.read(core_ref) for core_ref in classes}
    paths = {label.identity: label.path for label in labels.values()}
    short = {
        reference: labels[definition.core_ref].name(paths)
        for reference, definition in definitions.items()
    }
    blocks = _equal_blocks(definitions, short)
    rivals: dict[str, list[int]] = defaultdict(list)
    heads: dict[int, tuple[str, Definition]] = {}
    for reference, block in blocks.items():
        if block not in heads:
            heads[block] = (reference, definitions[reference])
            rivals[short[reference]].append(block)

    taken: set[str] = set()
    names: dict[int, str] = {}
    for name, group in sorted(rivals.items(), key=lambda rival: (len(rival[1]) > 1, rival[0])):
        members = [heads[block][1] for block in group]
        for block, wish in zip(group, _told_apart(name, members, labels, paths), strict=True):
            names[block] = _free(wish, taken)
            taken.add(names[block])
    return {reference: names[block] for reference, block in blocks.items()}


@dataclass(frozen=True, slots=True)
class _Label:
    """The parts of a class's identity that a name can be made of."""

    path: tuple[str, ...]
    identity: str
    arguments: tuple[tuple[str, str], ...]
    """What each type argument is displayed as, and its identity."""

    @classmethod
    def read(cls, core_ref: str) -> "_Label":
        found = _CORE_REF.fullmatch(core_ref)
        if found is None:
            return cls((core_ref,), core_ref, ())
        path = tuple(part for part in found["path"].split(".") if part != "<locals>")
        arguments = tuple(
            (argument["shown"], argument["id"])
            for argument in _ARGUMENT.finditer(found["arguments"] or "")
        )
        return cls(path, found["id"], arguments)

    def name(
        self, paths: Mapping[str, tuple[str, ...]], depth: int = 1, argument_depth: int = 1
    ) -> str:
        """Return the class and its arguments as one word, each by the last parts of its path."""
        own, *outer = reversed(self.path[-depth:])
        arguments = [
            _words(" ".join(paths[identity][-argument_depth:]))
            if identity in paths
            else _words(shown)
            for shown, identity in self.arguments
        ]
        prefix = "".join(_words(part) for part in reversed(outer))
        return f"{prefix}{_ascii(own)}{''.join(arguments)}" or "Schema"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(_WORD.findall(plain))


def _words(text: str) -> str:
    """Return the words of *text* joined, each with a capital: ``list[int]`` → ``ListInt``."""
    text = re.sub(r"[\w.]*<locals>\.", "", text).replace("NoneType", "None")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(word[0].upper() + word[1:] for word in _WORD.findall(plain))


def _equal_blocks(
    definitions: Mapping[str, Definition], names: Mapping[str, str]
) -> dict[str, int]:
    """Return for each definition a number that it shares with those of its name that equal it.

    Partition refinement: all of one name and one text start as equal, and are split while what
    they refer to differs. So recursive definitions can be equal too.
    """
    references = {key: tuple(references_in(value.schema)) for key, value in definitions.items()}
    blocks = _numbered(
        {
            key: (names[key], json.dumps(map_strings(value.schema, _without_reference)))
            for key, value in definitions.items()
        }
    )
    while True:
        finer = _numbered(
            {
                key: (block, tuple(blocks[reference] for reference in references[key]))
                for key, block in blocks.items()
            }
        )
        if len(set(finer.values())) == len(set(blocks.values())):
            return blocks
        blocks = finer


def _numbered(signatures: Mapping[str, object]) -> dict[str, int]:
    numbers: dict[object, int] = {}
    return {key: numbers.setdefault(value, len(numbers)) for key, value in signatures.items()}


def _without_reference(text: str) -> str:
    return "" if is_reference(text) else text


def _told_apart(
    name: str,
    rivals: list[Definition],
    labels: Mapping[str, _Label],
    paths: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """Return a name for each of *rivals*, all called *name*: by class if need be, then by mode."""
    if len(rivals) == 1:
        return [name]
    by_class: dict[str, list[Definition]] = defaultdict(list)
    for rival in rivals:
        by_class[rival.core_ref].append(rival)
    class_names = _class_names([labels[core_ref] for core_ref in by_class], paths)
    called = dict(zip(by_class, class_names, strict=True))
    return [
        called[rival.core_ref]
        + (_SUFFIXES[rival.mode] if len(by_class[rival.core_ref]) > 1 else "")
        for rival in rivals
    ]


def _class_names(labels: list[_Label], paths: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the shortest names that tell the classes apart, or the longest if none does."""
    longest = max(len(path) for path in (*paths.values(), *(label.path for label in labels)))
    deeper = range(2, longest + 1)
    depths = [(1, depth) for depth in deeper] + [(depth, 1) for depth in deeper]
    names: list[str] = []
    for depth, argument_depth in [(1, 1), *depths, *((depth, depth) for depth in deeper)]:
        names = [label.name(paths, depth, argument_depth) for label in labels]
        if len(set(names)) == len(names):
            break
    return names


def _free(wish: str, taken: set[str]) -> str:
    """Return *wish*, or with the first number that makes it new."""
    numbered = (f"{wish}{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([wish], numbered) if name not in taken)
