"""The matcher: a table of templates in, lookups out, in time that ignores the table's size.

A path without parameters is found in one dictionary. Any other path is split once and walked down
the tree of `_trie`. The walk that takes the first way at each node comes before the search that
backtracks, because it nearly always arrives, and where it does it is what the search would find.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, unquote_to_bytes

from covet_routing._host import HostTable
from covet_routing._outcome import MethodNotAllowed, MountMatch, NotFound, Redirect
from covet_routing._search import Found, Search
from covet_routing._table import Entry, Mount, Table
from covet_routing._trie import Node

T = TypeVar("T")

Outcome = tuple[T, dict[str, object]] | MethodNotAllowed | NotFound | Redirect | MountMatch

_NOT_FOUND = NotFound()
_ABSENT: Any = object()  # any payload may be there, None too
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_PATH_SAFE = "/%:@!$&'()*+,;="  # RFC 3986 §3.3: what a path may hold besides unreserved text


class Matcher(Generic[T]):
    """An immutable routing table.

    ``constrained`` says that some entry depends on the host or on a header: then call
    `match_request`; otherwise `match` is enough.

    Of two entries with the same shape, method, host and headers the first answers; the router
    refuses such pairs beforehand.
    """

    __slots__ = ("_hosts", "_root", "_static", "_static_get", "constrained")

    def __init__(self, entries: Iterable[Entry[T]], mounts: Iterable[Mount] = ()) -> None:
        tables: dict[str | None, Table[T]] = {None: Table()}
        with_alias: list[Entry[T]] = []
        has_headers = False
        for entry in entries:
            tables.setdefault(entry.host, Table()).add(entry)
            has_headers = has_headers or bool(entry.headers)
            if entry.trailing_slash != "strict":
                with_alias.append(entry)
        for entry in with_alias:
            tables[entry.host].add_alias(entry)
        for mount in mounts:
            tables.setdefault(mount.host, Table()).add_mount(mount)
        for table in tables.values():
            table.finish()
        default = tables.pop(None)
        self._root = default.root
        self._static = default.static
        self._static_get = default.static.get("GET")
        self._hosts = HostTable({str(host): table.root for host, table in tables.items()})
        self.constrained: Final = bool(tables) or has_headers

    def match(self, method: str, path: str) -> Outcome[T]:
        """Return the payload for *method* and *path*, and the converted parameters by name.

        A success is a plain tuple, so ``type(outcome) is tuple`` tells it from the others. The
        dictionary is new and the caller's to keep.

        Args:
            method: Upper case. HEAD is answered by GET's route where it has none of its own.
            path: Still percent-encoded: it is split first, then decoded once. A path whose
                escapes are not UTF-8 is not found.
        """
        static = self._static_get if method == "GET" else self._static.get(method)
        if static is not None:
            payload: Any = static.get(path, _ABSENT)
            if payload is not _ABSENT:
                return payload, {}
        if "%" in path:
            return self._search(method, path, (self._root,), _NO_HEADERS)
        pieces = path.split("/")
        node = self._root
        is_choice_behind = False
        for piece in pieces:
            child = node.get(piece)
            if child is None:
                child = node.only
                if child is None or not piece:
                    break
            elif node.options is not None:
                is_choice_behind = True
            node = child
        else:
            leaf = node.leaf
            if leaf is not None:
                route = leaf.get(method)
                if route is not None:
                    # Unrolled: building the dictionary in a loop costs a third of the match.
                    arity = route.arity
                    if arity == 1:
                        a, i = route.places
                        return route.payload, {a: pieces[i]}
                    if arity == 2:
                        a, i, b, j = route.places
                        return route.payload, {a: pieces[i], b: pieces[j]}
                    if arity == 3:
                        a, i, b, j, c, k = route.places
                        return route.payload, {a: pieces[i], b: pieces[j], c: pieces[k]}
                    if route.fill is not None and (filled := route.fill(pieces)) is not None:
                        return route.payload, filled
                return self._search(method, path, (self._root,), _NO_HEADERS)
        if is_choice_behind or node.options is not None:
            return self._search(method, path, (self._root,), _NO_HEADERS)
        return _NOT_FOUND

    def match_request(
        self, method: str, path: str, host: str | None, headers: Mapping[str, str]
    ) -> Outcome[T]:
        """Return what `match` does, for a table that is constrained.

        The routes of the exact host are asked first, then those of the longest wildcard, then
        those for every host. Of routes that differ by headers alone, the one that asks for the
        most wins.

        Args:
            method: As for `match`.
            path: As for `match`.
            host: The Host header, or None.
            headers: Request headers; names are looked up in lower case.
        """
        if not self.constrained:
            return self.match(method, path)
        return self._search(method, path, (*self._hosts.candidates(host), self._root), headers)

    def _search(
        self, method: str, path: str, roots: Sequence[Node[T]], headers: Mapping[str, str]
    ) -> Outcome[T]:
        pieces = raw_pieces = path.split("/")
        if "%" in path:
            try:
                pieces = [_decode(piece) if "%" in piece else piece for piece in pieces]
            except UnicodeError:
                return _NOT_FOUND
        search: Search[T] = Search(method, pieces, headers)
        for root in roots:
            found = search.find(root)
            if isinstance(found, Found):
                route = found.route
                if route.is_redirect:
                    return _redirect(path)
                return route.payload, dict(zip(route.slots.names, found.values, strict=True))
            if found is not None:
                return MountMatch(
                    found.app, found.prefix, "/" + "/".join(raw_pieces[found.taken :])
                )
        if search.allowed:
            return MethodNotAllowed(tuple(sorted({*search.allowed, "OPTIONS"})))
        return _NOT_FOUND


def _decode(piece: str) -> str:
    return unquote_to_bytes(piece).decode()


def _redirect(path: str) -> Redirect | NotFound:
    """Return the redirect from *path* to the same with the other trailing slash."""
    if path.startswith("//"):  # a Location that names another host: an open redirect
        return _NOT_FOUND
    return Redirect(quote(path[:-1] if path.endswith("/") else path + "/", safe=_PATH_SAFE))
