"""The matcher against a brute-force oracle: random tables, random requests, equal outcomes."""

from itertools import product
from urllib.parse import quote, unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from covet_routing import (
    Entry,
    Matcher,
    MethodNotAllowed,
    Mixed,
    Mount,
    MountMatch,
    NotFound,
    Redirect,
    Template,
    parse_template,
)

# --- The oracle: every row is tried, the best that fits wins -------------------------------------


def decompositions(literals, parameters, text):
    """Yield the values of a mixed segment, the first parameter longest first."""
    if not text.startswith(literals[0]):
        return
    rest = text[len(literals[0]) :]
    if not parameters:
        if not rest:
            yield ()
        return
    for stop in range(len(rest), 0, -1):
        value = convert(parameters[0], rest[:stop])
        if value is not None:
            for values in decompositions(literals[1:], parameters[1:], rest[stop:]):
                yield (value, *values)


def convert(parameter, text):
    try:
        return parameter.converter.read(text)
    except ValueError:
        return None


def values_of(segments, pieces):
    """Return the values that *segments* read in *pieces*, or None."""
    values = ()
    for index, segment in enumerate(segments):
        if not pieces:
            return None
        if isinstance(segment, str):
            read = () if pieces[0] == segment else None
        elif isinstance(segment, Mixed):
            read = next(decompositions(segment.literals, segment.parameters, pieces[0]), None)
        elif segment.converter_name == "path":
            count = len(pieces) - (len(segments) - index - 1)
            read = ("/".join(pieces[:count]),) if count > 0 else None
            pieces = pieces[count - 1 :]
        else:
            value = convert(segment, pieces[0]) if pieces[0] else None
            read = None if value is None else (value,)
        if read is None:
            return None
        values += read
        pieces = pieces[1:]
    return None if pieces else values


def precedence(segments):
    """Return a key: static, literal with parameter, typed, untyped, path; segment by segment."""
    for index, segment in enumerate(segments):
        if isinstance(segment, str):
            yield (0, segment)
        elif isinstance(segment, Mixed):
            typed = [p for p in segment.parameters if p.converter_name != "str"]
            names = tuple(p.converter_name for p in segment.parameters)
            priorities = tuple(p.converter.priority for p in typed)
            length = len("".join(segment.literals))
            yield (1, -length, -len(typed), priorities, segment.literals, names)
        elif segment.converter_name == "path":
            yield (4, index - len(segments))
        elif segment.converter_name != "str":
            yield (2, segment.converter.priority)
        else:
            yield (3,)


def rows(entries):
    """Yield (segments, entry, is alias) for each entry and for what its policy implies."""
    for entry in entries:
        segments = entry.template.segments
        yield segments, entry, False
        if entry.trailing_slash == "strict" or segments == ("",):
            continue
        if segments[-1] == "":
            yield segments[:-1], entry, True
        elif getattr(segments[-1], "converter_name", "") != "path":
            yield (*segments, ""), entry, True


def hosts_for(host):
    yield host
    if host:
        yield "*." + host.partition(".")[2]
    yield None


def oracle(entries, mounts, method, path, host, headers):
    try:
        pieces = [unquote(piece, errors="strict") for piece in path.split("/")][1:]
    except UnicodeDecodeError:
        return NotFound()
    allowed = set()
    for level in dict.fromkeys(hosts_for(host)):
        found = []
        for index, (segments, entry, is_alias) in enumerate(rows(entries)):
            values = values_of(segments, pieces)
            fits = all(headers.get(k) == v if v else k in headers for k, v in entry.headers)
            if values is None or entry.host != level or not fits:
                continue
            methods = set(entry.methods) | ({"HEAD"} if "GET" in entry.methods else set())
            allowed |= methods
            if method in methods:
                is_implied = method not in entry.methods
                rules = -len(entry.headers), [(v is None) for _, v in entry.headers].count(True)
                names = [(k, v or "") for k, v in entry.headers]
                key = (*precedence(segments),), is_alias, rules, names, is_implied, index
                found.append((key, entry, values, is_alias))
        for mount in mounts:
            prefix = tuple(mount.prefix.split("/")[1:])
            if mount.host == level and tuple(pieces[: len(prefix)]) == prefix:
                found.append((((*precedence(prefix), (5,)),), mount, len(prefix), False))
        if found:
            _, winner, values, is_alias = min(found, key=lambda row: row[0])
            if isinstance(winner, Mount):
                rest = "/" + "/".join(path.split("/")[1 + values :])
                return MountMatch(winner.app, winner.prefix, rest)
            if is_alias and winner.trailing_slash == "redirect":
                return location(path)
            return winner.payload, dict(zip(winner.template.names, values, strict=True))
    return MethodNotAllowed(tuple(sorted(allowed | {"OPTIONS"}))) if allowed else NotFound()


def location(path):
    if path.startswith("//"):
        return NotFound()
    other = path[:-1] if path.endswith("/") else path + "/"
    return Redirect(quote(other, safe="/%:@!$&'()*+,;="))


# --- Random tables and requests -------------------------------------------------------------------


def template_of(parts: list[str], slash: bool) -> Template:
    """Return the template of *parts*, with names that differ and one spanning parameter at most."""
    text, has_path = "", False
    for position, part in enumerate(parts):
        if ":path" in part and has_path:
            continue
        has_path = has_path or ":path" in part
        text += "/" + part.replace("{", f"{{p{position}")
    return parse_template((text + "/" if slash else text) or "/")


def tables(*parts: str, depth: int = 3, **columns: st.SearchStrategy[object]):
    """Return tables of templates with up to *depth* of *parts*, with *columns* besides."""
    lists = st.lists(st.sampled_from(parts), min_size=min(depth, 1), max_size=depth)
    templates = st.builds(template_of, lists, st.sampled_from([False, False, False, True]))
    columns = {"methods": METHODS, **columns}
    row = st.tuples(templates, st.fixed_dictionaries(columns))
    return st.lists(row, min_size=1, max_size=10).map(
        lambda rows: [
            Entry(template, payload=number, **columns)
            for number, (template, columns) in enumerate(rows)
        ]
    )


METHODS = st.sampled_from([("GET",), ("GET",), ("POST",), ("GET", "PUT"), ("HEAD",)])
HEADER_RULES = st.sampled_from(
    [(), (), (("x", "1"),), (("x", None), ("y", "2")), (("y", None),), (("x", None),)]
)
POLICIES = st.sampled_from(["strict", "redirect", "ignore"])


def all_paths(*pieces: str, depth: int) -> list[str]:
    """Return every path of up to *depth* of *pieces*."""
    return [
        "/" + "/".join(chosen)
        for count in range(1, depth + 1)
        for chosen in product(pieces, repeat=count)
    ]


def check(entries, paths, mounts=(), methods=("GET", "HEAD", "POST"), hosts=(None,), headers=({},)):
    """Assert that every combination comes out as the oracle says."""
    matcher = Matcher(entries, mounts)

    for request in product(methods, paths, hosts, headers):
        assert matcher.match_request(*request) == oracle(entries, mounts, *request), request


@settings(max_examples=60, deadline=None)
@given(tables("a", "b", "{}", "{:int}"))
def test_literals_and_parameters_backtrack_as_the_oracle_says(entries):
    check(entries, all_paths("a", "b", "1", "", depth=3))


MIXED = (
    "a.b", "{}", "{:float}", "a{}", "{}a", "{}.{x}", "{}-{x}", "{:int}-{x}", "{}-{x:int}",
    "{}.{x}.{y}", "{:int}.{x:int}", "{:float}-{x}", "{:float}.{x:int}", "{}--{x}", "{}.a{x}",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(tables(*MIXED, depth=1, methods=st.just(("GET",))))
def test_mixed_segments_are_read_as_the_oracle_says(entries):
    texts = ["".join(text) for count in (1, 2, 3, 5) for text in product("1.a-", repeat=count)]

    check(entries, ["/" + text for text in texts[::2]], methods=("GET",))


@settings(max_examples=60, deadline=None)
@given(
    tables("a", "b", "{}", "{:path}"),
    st.lists(st.sampled_from(["", "/a", "/b", "/a/b"]), max_size=2, unique=True),
)
def test_spanning_parameters_and_mounts_are_found_as_the_oracle_says(entries, prefixes):
    mounts = [Mount(prefix, prefix) for prefix in prefixes]

    check(entries, all_paths("a", "b", "%2F", "", depth=3), mounts)


@settings(max_examples=60, deadline=None)
@given(tables("a", "{}", "{:path}", trailing_slash=POLICIES))
def test_trailing_slash_policies_come_out_as_the_oracle_says(entries):
    check(entries, all_paths("a", "b\\", "é", "", depth=3))


@settings(max_examples=50, deadline=None)
@given(
    tables(
        "a",
        "{}",
        depth=1,
        host=st.sampled_from([None, None, "a.example", "*.example"]),
        headers=HEADER_RULES,
        trailing_slash=POLICIES,
    ),
    st.sampled_from([[], [Mount("/a", "app", "a.example")]]),
)
def test_hosts_and_headers_are_heeded_as_the_oracle_says(entries, mounts):
    entries.append(Entry(parse_template("/only"), ("GET",), 99, "other.example"))

    check(
        entries,
        ["/", "/a", "/a/", "/b", "/b/", "/a/b"],
        mounts,
        hosts=[None, "a.example", "b.example", "example"],
        headers=[{}, {"x": "1"}, {"x": "2"}, {"x": "1", "y": "2"}],
    )


@settings(max_examples=60, deadline=None)
@given(tables("a", "%", "é", "100%", "%61", "{}", "{}-{x}", depth=2))
def test_encoded_text_is_decoded_once_as_the_oracle_says(entries):
    pieces = ("a", "%61", "%2561", "%", "%25", "100%25", "é", "%C3%A9", "%E9", "a%2Fb", "a-%2D")

    check(entries, all_paths(*pieces, depth=2), methods=("GET",))


@settings(max_examples=60, deadline=None)
@given(
    tables(
        "a",
        "{}",
        "{:int}",
        "{:float}",
        "{}-{x}",
        "a{}",
        "{:path}",
        methods=st.just(("GET",)),
        headers=HEADER_RULES,
    )
)
def test_the_order_of_definition_does_not_matter(entries):
    entries = list({(entry.template.shape, entry.headers): entry for entry in entries}.values())
    there, back = Matcher(entries), Matcher(entries[::-1])
    requests = product(all_paths("a", "1", "1-a", "a1", depth=2), [{}, {"x": "1", "y": "2"}])

    for path, headers in requests:
        request = "GET", path, None, headers
        assert there.match_request(*request) == back.match_request(*request), request
