"""The tree, the edges: the place of every key, value and fault in small documents, and small bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from postmortem.ground.finding import Diagnostic, Finding
from postmortem.ground.place import Span
from postmortem.ground.source_text import SourceText
from postmortem.read import building, locate, read, refusals
from postmortem.read.nodes import Document, Mapping, Node, Sequence

Take = Callable[[str], tuple[Document | None, tuple[Finding, ...]]]
Told = Callable[[str], list[Diagnostic]]


def place(span: Span) -> str:
    return "{}:{}-{}:{}".format(*span)


def lines_of(node: Node, route: str = "") -> Iterator[str]:
    """Yield each node with its route, what it is, and its place."""
    if isinstance(node, Mapping):
        yield f"{route or '.'} map {place(node.span)}"
        for key, value in node.entries:
            yield f"{route}/{key.text} key {place(key.span)}"
            yield from lines_of(value, f"{route}/{key.text}")
    elif isinstance(node, Sequence):
        yield f"{route or '.'} list {place(node.span)}"
        assert isinstance(node.items, tuple)
        for index, item in enumerate(node.items):
            yield from lines_of(item, f"{route}/{index}")
    else:
        yield f"{route or '.'} {node.style} {place(node.span)}"


def told_of(one: Diagnostic) -> str:
    return " <- ".join((f"{one.code} {place(one.span)}", *(place(other.span) for other in one.related)))


# A document; its tree, each node with its place; its faults, each with its place and the places it points to.
TREES: list[tuple[str, str, str]] = [
    (
        '{"a"\t: , b: c}',
        ". map 1:1-1:15 | /a key 1:2-1:5 | /a plain 1:7-1:7 | /b key 1:10-1:11 | /b plain 1:13-1:14",
        "",
    ),
    (
        "{a\t: , b: c}",
        ". map 1:1-1:13 | /a key 1:2-1:3 | /a plain 1:5-1:5 | /b key 1:8-1:9 | /b plain 1:11-1:12",
        "",
    ),
    (
        "{? a\n : , b: c}",
        ". map 1:1-2:11 | /a key 1:4-1:5 | /a plain 2:3-2:3 | /b key 2:6-2:7 | /b plain 2:9-2:10",
        "",
    ),
    (
        "{? a # x: y\n : , b: c}",
        ". map 1:1-2:11 | /a key 1:4-1:5 | /a plain 2:3-2:3 | /b key 2:6-2:7 | /b plain 2:9-2:10",
        "",
    ),
    (
        "{? a #\n : , b: c}",
        ". map 1:1-2:11 | /a key 1:4-1:5 | /a plain 2:3-2:3 | /b key 2:6-2:7 | /b plain 2:9-2:10",
        "",
    ),
    (
        "{? a\t#x:\n : , b: c}",
        ". map 1:1-2:11 | /a key 1:4-1:5 | /a plain 2:3-2:3 | /b key 2:6-2:7 | /b plain 2:9-2:10",
        "",
    ),
    (
        "{? a\n#x:\n : , b: c}",
        ". map 1:1-3:11 | /a key 1:4-1:5 | /a plain 3:3-3:3 | /b key 3:6-3:7 | /b plain 3:9-3:10",
        "",
    ),
    (
        "{a, b: c}",
        ". map 1:1-1:10 | /a key 1:2-1:3 | /a plain 1:3-1:3 | /b key 1:5-1:6 | /b plain 1:8-1:9",
        "",
    ),
    (
        "? a # x:\n:\nb: c\n",
        ". map 1:1-3:5 | /a key 1:3-1:4 | /a plain 2:2-2:2 | /b key 3:1-3:2 | /b plain 3:4-3:5",
        "",
    ),
    (
        "? a\n\n:\nb: c\n",
        ". map 1:1-4:5 | /a key 1:3-1:4 | /a plain 3:2-3:2 | /b key 4:1-4:2 | /b plain 4:4-4:5",
        "",
    ),
    (
        "{ : a}",
        "",
        "PM101 1:3-1:4",
    ),
    (
        ": a\n",
        "",
        "PM112 1:1-1:2",
    ),
    (
        "{? , a: b}",
        ". map 1:1-1:11 | /a key 1:6-1:7 | /a plain 1:9-1:10",
        "PM112 1:2-1:3",
    ),
    (
        "a: b\n?\n",
        ". map 1:1-2:2 | /a key 1:1-1:2 | /a plain 1:4-1:5",
        "PM112 2:1-2:2",
    ),
    (
        'a: "?"\n?\n',
        ". map 1:1-2:2 | /a key 1:1-1:2 | /a double 1:4-1:7",
        "PM112 2:1-2:2",
    ),
    (
        "{a: b,\n ?\n\n , c: d}",
        ". map 1:1-4:9 | /a key 1:2-1:3 | /a plain 1:5-1:6 | /c key 4:4-4:5 | /c plain 4:7-4:8",
        "PM112 2:2-2:3",
    ),
    (
        '{"?": b, ? , c: d}',
        ". map 1:1-1:19 | /? key 1:2-1:5 | /? plain 1:7-1:8 | /c key 1:14-1:15 | /c plain 1:17-1:18",
        "PM112 1:10-1:11",
    ),
    (
        "? \n: b\n",
        ". map 1:1-2:4",
        "PM112 2:1-2:2",
    ),
    (
        "?\n# :\n: b\n",
        ". map 1:1-3:4",
        "PM112 3:1-3:2",
    ),
    (
        "{ ?\n : b}",
        ". map 1:1-2:6",
        "PM112 2:2-2:3",
    ),
    (
        "- : b\n",
        "",
        "PM112 1:3-1:4",
    ),
    (
        "x:\n  - ? \n",
        ". map 1:1-2:6 | /x key 1:1-1:2 | /x list 2:3-2:6 | /x/0 map 2:5-2:6",
        "PM112 2:5-2:6",
    ),
    (
        "  : b\n",
        "",
        "PM112 1:3-1:4",
    ),
    (
        "a: b\n\n : c\n",
        "",
        "PM112 3:2-3:3",
    ),
    (
        "&x : b\n",
        ". map 1:1-1:7",
        "PM112 1:4-1:5, PM104 1:1-1:3",
    ),
    (
        "!x &y : b\n",
        ". map 1:1-1:10",
        "PM103 1:1-1:3, PM112 1:7-1:8, PM104 1:4-1:6",
    ),
    (
        "a: !x\nb: &y\nc: !x &z\n",
        ". map 1:1-3:3 | /a key 1:1-1:2 | /a plain 1:3-1:3 | /b key 2:1-2:2 | /b plain 2:3-2:3 | "
        "/c key 3:1-3:2 | /c plain 3:3-3:3",
        "PM103 1:4-1:6, PM103 3:4-3:6, PM104 2:4-2:6, PM104 3:7-3:9",
    ),
    (
        "- !x\n- &y\n-\n",
        ". list 1:1-3:2 | /0 plain 1:5-1:5 | /1 plain 2:5-2:5 | /2 plain 3:2-3:2",
        "PM103 1:3-1:5, PM104 2:3-2:5",
    ),
    (
        "--- !x\n",
        "",
        "PM103 1:5-1:7, PM110 1:1-1:2",
    ),
    (
        "a: &n [b]\nc: *n\nd: [*n, e]\ne: {*n : f}\n",
        ". map 1:1-4:12 | /a key 1:1-1:2 | /a list 1:7-1:10 | /a/0 plain 1:8-1:9 | "
        "/d key 3:1-3:2 | /d list 3:4-3:11 | /d/0 plain 3:9-3:10 | /e key 4:1-4:2 | /e map 4:4-4:12",
        "PM104 1:4-1:6 <- 2:4-2:6 <- 3:5-3:7 <- 4:5-4:7",
    ),
    (
        "a: &n x\nb: *n\n",
        ". map 1:1-2:6 | /a key 1:1-1:2 | /a plain 1:7-1:8 | /b key 2:1-2:2 | /b plain 2:4-2:6",
        "PM104 1:4-1:6 <- 2:4-2:6",
    ),
    (
        "x: !t\n  a: b\n",
        ". map 1:1-2:7 | /x key 1:1-1:2 | /x map 2:3-2:7 | /x/a key 2:3-2:4 | /x/a plain 2:6-2:7",
        "PM103 1:4-1:6",
    ),
    (
        "x: &t\n  - a\n",
        ". map 1:1-2:6 | /x key 1:1-1:2 | /x list 2:3-2:6 | /x/0 plain 2:5-2:6",
        "PM104 1:4-1:6",
    ),
    (
        'x: !t "q"\n',
        ". map 1:1-1:10 | /x key 1:1-1:2 | /x double 1:7-1:10",
        "PM103 1:4-1:6",
    ),
    (
        "x: &k |\n  a\n\n\ny: z\n",
        ". map 1:1-5:5 | /x key 1:1-1:2 | /x literal 1:7-2:4 | /y key 5:1-5:2 | /y plain 5:4-5:5",
        "PM104 1:4-1:6",
    ),
    (
        "x: >\n  a\n \t\ny: z\n",
        "",
        "PM111 3:2-3:3",
    ),
    (
        'x: "a\\0b\\n\\u202ec"\n',
        ". map 1:1-1:19 | /x key 1:1-1:2 | /x double 1:4-1:19",
        "PM108 1:6-1:8, PM108 1:11-1:17",
    ),
    (
        '"x\\0": "\\0\\0"\n',
        ". map 1:1-1:14 | /x key 1:1-1:6 | /x double 1:8-1:14",
        "PM108 1:3-1:5, PM108 1:9-1:11, PM108 1:11-1:13",
    ),
    (
        "[a, *no, &q b]\n",
        ". list 1:1-1:15 | /0 plain 1:2-1:3 | /1 plain 1:13-1:14",
        "PM104 1:10-1:12, PM104 1:5-1:8",
    ),
    (
        "{<<: a, b: c}\n",
        ". map 1:1-1:14 | /b key 1:9-1:10 | /b plain 1:12-1:13",
        "PM105 1:2-1:4",
    ),
    (
        "{'<<': a}\n",
        ". map 1:1-1:10 | /<< key 1:2-1:6 | /<< plain 1:8-1:9",
        "",
    ),
    (
        '"<<": b\n',
        ". map 1:1-1:8 | /<< key 1:1-1:5 | /<< plain 1:7-1:8",
        "",
    ),
    (
        "? [a]\n: b\n? {c: d}\n: e\n",
        ". map 1:1-4:4",
        "PM112 1:3-1:4, PM112 3:3-3:4",
    ),
    (
        '"": a\n',
        ". map 1:1-1:6 | / key 1:1-1:3 | / plain 1:5-1:6",
        "",
    ),
    (
        "a: 1\n---\nb: 2\n",
        ". map 1:1-1:5 | /a key 1:1-1:2 | /a plain 1:4-1:5",
        "PM106 2:1-2:4 <- 1:1-1:2",
    ),
    (
        "---\na: 1\n...\n",
        ". map 2:1-2:5 | /a key 2:1-2:2 | /a plain 2:4-2:5",
        "",
    ),
    (
        "---\n---\n",
        "",
        "PM106 2:1-2:4 <- 1:1-1:4, PM110 1:1-1:2",
    ),
    (
        "a\n",
        ". plain 1:1-1:2",
        "",
    ),
    (
        "--- a\n--- b\n",
        ". plain 1:5-1:6",
        "PM106 2:1-2:4 <- 1:1-1:4",
    ),
    (
        "# c\n",
        "",
        "PM110 1:1-1:2",
    ),
    (
        "[]\n",
        ". list 1:1-1:3",
        "",
    ),
    (
        "{}\n",
        ". map 1:1-1:3",
        "",
    ),
    (
        "~\n",
        ". plain 1:1-1:2",
        "",
    ),
    (
        '""\n',
        ". double 1:1-1:3",
        "",
    ),
    (
        "&a\n",
        "",
        "PM104 1:1-1:3, PM110 1:1-1:2",
    ),
    (
        "a: [\n  b,\n  c\n]  \n",
        ". map 1:1-4:2 | /a key 1:1-1:2 | /a list 1:4-4:2 | /a/0 plain 2:3-2:4 | /a/1 plain 3:3-3:4",
        "",
    ),
    (
        "a: {b: c,\n  }\n",
        ". map 1:1-2:4 | /a key 1:1-1:2 | /a map 1:4-2:4 | /a/b key 1:5-1:6 | /a/b plain 1:8-1:9",
        "",
    ),
    (
        "- - a\n  - b\n-\n  c: d\n\n\n",
        ". list 1:1-4:7 | /0 list 1:3-2:6 | /0/0 plain 1:5-1:6 | /0/1 plain 2:5-2:6 | "
        "/1 map 4:3-4:7 | /1/c key 4:3-4:4 | /1/c plain 4:6-4:7",
        "",
    ),
]


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(("text", "tree", "faults"), TREES)
def test_places_in_small_documents(text: str, tree: str, faults: str, pure: bool) -> None:
    source = SourceText("log.yaml", text)
    document, findings = read(source, pure=pure)
    assert " | ".join(lines_of(document.root) if document else ()) == tree
    assert ", ".join(told_of(locate(one, source, document)) for one in findings) == faults


def test_the_bounds() -> None:
    assert (refusals.MAX_DEPTH, refusals.MAX_NODES) == (32, 200_000)
    assert (refusals.MAX_EVENTS, refusals.MAX_NODES_MORE) == (100_000, 8)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of a few values, so that the edge is near: 10, and 3 for each event of at most 5."""
    monkeypatch.setattr(refusals, "MAX_NODES", 10)
    monkeypatch.setattr(refusals, "MAX_NODES_MORE", 3)
    monkeypatch.setattr(refusals, "MAX_EVENTS", 5)


def bound_of(found: tuple[Document | None, tuple[Finding, ...]]) -> tuple[int, int] | None:
    """Return line and column of the value at which a bound ended the reading, None where none did."""
    document, findings = found
    over = [one for one in findings if one.code == "PM109"]
    assert (document is None) is bool(over)
    if not over:
        return None
    span = over[-1].at
    assert isinstance(span, Span)
    return span.line, span.column


# What ten values are at most, then the same with one value more and the place of that one.
TEN: list[tuple[str, str, tuple[int, int]]] = [
    ("- a\n" * 9, "- a\n" * 10, (10, 3)),
    ("[" + "[]," * 9 + "]", "[" + "[]," * 10 + "]", (1, 29)),
    ("[" + "{}," * 9 + "]", "[" + "{}," * 10 + "]", (1, 29)),
    ("- \"a\"\n" * 9, "- \"a\"\n" * 10, (10, 3)),
    ("- &a x\n" + "- *a\n" * 8, "- &a x\n" + "- *a\n" * 9, (10, 3)),
    ("-\n" * 9, "-\n" * 10, (10, 2)),
    ("- {a: b, c: d, e: f}\n- x\n- y\n", "- {a: b, c: d, e: f}\n- x\n- y\n- z\n", (4, 3)),
    ("x:\n  timeline:\n" + "  - a\n" * 5, "x:\n  timeline:\n" + "  - a\n" * 6, (8, 5)),
    ("- timeline\n- - a\n" + "  - a\n" * 6, "- timeline\n- - a\n" + "  - a\n" * 7, (9, 5)),
    ("x: timeline\n? [" + "a," * 5 + "]", "x: timeline\n? [" + "a," * 7 + "]", (2, 16)),
    ("timeline: x\nother: [" + "a," * 5 + "]", "timeline: x\nother: [" + "a," * 6 + "]", (2, 19)),
    ("other: [" + "a," * 7 + "]", "other: [" + "a," * 8 + "]", (1, 23)),
    ("timeline: {a: [b], c: d, e: f}", "timeline: {a: [b], c: d, e: f, g: h}", (1, 32)),
    ("timeline: {a: [" + "b," * 5 + "]}", "timeline: {a: [" + "b," * 6 + "]}", (1, 26)),
]  # fmt: skip


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("most", "more", "at"), TEN)
def test_ten_values_are_taken_and_the_next_is_not(most: str, more: str, at: tuple[int, int]) -> None:
    for pure in (False, True):
        assert bound_of(read(SourceText("log.yaml", most), pure=pure)) is None
        assert bound_of(read(SourceText("log.yaml", more), pure=pure)) == at


# Three head values, and ten and three for each event that is complete when a value more is asked for.
EVENTS: list[tuple[str, tuple[int, int] | None]] = [
    ("timeline:\n" + "- [a, b]\n" * 5, None),
    ("timeline:\n" + "- [a, b, c]\n" * 4, None),
    ("timeline:\n" + "- [a, b, c]\n" * 5, (6, 10)),
    ("title: x\ntimeline:\n" + "- [a, b]\n" * 5, None),
    ("title: x\ntimeline:\n" + "- [a, b, c]\n" * 5, (5, 10)),
    ("timeline:\n- a\n- b\nother: [" + "c," * 9 + "]", None),
    ("timeline:\n- a\n- b\nother: [" + "c," * 10 + "]", (4, 27)),
    ("timeline: [a, b]\nother: [" + "c," * 9 + "]", None),
    ("timeline: [a, b]\nother: [" + "c," * 10 + "]", (2, 27)),
    ("timeline:\n" + "- a\n" * 5, None),
    ("timeline:\n" + "- a\n" * 6, (7, 3)),
    ("timeline:\n" + "- a\n" * 60, (7, 3)),
    ("timeline: [" + "a," * 6 + "]", (1, 22)),
    ("timeline: [" + "a," * 60, (1, 22)),
    ("timeline:\n- a\n- b\n- c\ntimeline:\n- d\n- e\n", None),
    ("timeline:\n- a\n- b\n- c\ntimeline:\n- d\n- e\n- f\n", (8, 3)),
    ("timeline:\n- a\n- b\n- c\ntimeline:\n" + "- d\n" * 60, (8, 3)),
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("text", "at"), EVENTS)
def test_each_event_brings_three_values_and_the_sixth_is_too_many(
    text: str, at: tuple[int, int] | None, take: Take
) -> None:
    assert bound_of(take(text)) == at


def test_three_tags_and_anchors_are_taken_and_the_next_is_not(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert building._MOST_PROPERTIES == 10_000
    monkeypatch.setattr(building, "_MOST_PROPERTIES", 3)
    assert bound_of(take("- !a x\n- &b y\n- !c &d z\n")) is None
    assert bound_of(take("- !a x\n- &b y\n- !c &d z\n- [ !e [] ]\n")) == (4, 5)
    assert (
        bound_of(take('- "a"\n- |\n  b\n-\n- []\n- {}\n- {? : }\n- "c"\n- x\n- "d"\n-\n- "e"\n-\n')) is None
    )


def test_what_is_said_of_a_log_past_a_bound(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MAX_NODES", 2_000)
    monkeypatch.setattr(refusals, "MAX_EVENTS", 1_000)
    monkeypatch.setattr(refusals, "MAX_DEPTH", 2)
    monkeypatch.setattr(building, "_MOST_PROPERTIES", 0)
    series = "keep dense measurements in a file of their own and name it under `series`"
    assert take("timeline:\n" + "- abc\n" * 1_001)[1] == (
        Finding("PM109", "the timeline has more than 1,000 events", Span(1_002, 3, 1_002, 4), help=series),
    )
    message = "the log has more than 2,000 values, not counting 8 for each event; it was read no further"
    assert take("- abc\n" * 2_000)[1] == (Finding("PM109", message, Span(2_000, 3, 2_000, 4), help=series),)
    message = "maps and lists stand inside each other more than 2 levels deep here"
    assert take("- a: [b]")[1] == (
        Finding("PM109", message, Span(1, 6, 1, 7), help="a log needs about six levels"),
    )
    message = "the log is full of tags and anchors, and was read no further"
    assert take("a: !b c")[1] == (
        Finding("PM109", message, Span(1, 4, 1, 5), help="a log has none of either"),
    )
    finding = take("a: !b c")[1][0]
    assert str(refusals.Refused(finding)) == message


@pytest.mark.parametrize(
    ("text", "least", "most"), [("- a\n" * 40, 10, 12), ("[" + "[]," * 40 + "]", 18, 24)]
)
def test_reading_looks_at_the_clock_now_and_then(
    text: str, least: int, most: int, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(building, "_LOOKS_UP", 3)
    monkeypatch.setattr(building, "on_time", lambda: looks.append(1))
    document, _ = take(text)
    assert document is not None
    assert least <= len(looks) <= most


def test_reading_looks_at_the_clock_each_time_that_4096_values_are_read(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(building, "on_time", lambda: looks.append(1))
    document, _ = take("- a\n" * 8_200)
    assert document is not None
    assert 2 <= len(looks) <= 3


def test_a_colon_is_looked_for_a_thousand_lines_away(take: Take) -> None:
    for lines, place_of_value in ((1_000, Span(1_001, 3, 1_001, 3)), (1_001, Span(1, 5, 1, 5))):
        document, findings = take("{? a" + "\n" * lines + " : , b: c}")
        assert document is not None and findings == ()
        assert isinstance(document.root, Mapping)
        assert document.root.entries[0][1].span == place_of_value


def test_the_first_of_two_keys_stays_and_the_other_is_told(take: Take) -> None:
    document, findings = take("a: 1\nb: 2\na: 3\n")
    assert document is not None and isinstance(document.root, Mapping)
    assert isinstance(document.root.entries, tuple)
    assert [(key.text, key.span.line) for key, _ in document.root.entries] == [("a", 1), ("b", 2)]
    assert [(one.code, one.at) for one in findings] == [("PM102", Span(3, 1, 3, 2))]
    assert [other.at for other in findings[0].related] == [Span(1, 1, 1, 2)]


FAULTS: list[tuple[str, list[str]]] = [
    ("a: &n b: c\n", ["PM101 1:8-1:9"]),
    ("a: !n b: c\n", ["PM103 1:4-1:6", "PM101 1:8-1:9"]),
    ("a: &n b\nc: d: e\n", ["PM104 1:4-1:6", "PM101 2:5-2:6"]),
    ("*x\n", ["PM104 1:1-1:3", "PM110 1:1-1:2"]),
    ("- *x\n", ["PM104 1:3-1:5"]),
    ("a: [b]\nc: *x\nd: &x [e]\nf: *x\n", ["PM104 3:4-3:6 <- 4:4-4:6", "PM104 2:4-2:6"]),
]


@pytest.mark.parametrize(("text", "faults"), FAULTS)
def test_anchors_and_what_breaks_a_log_off(text: str, faults: list[str], told: Told) -> None:
    assert [told_of(one) for one in told(text)] == faults


BRACKETS: list[tuple[str, tuple[int, int]]] = [
    ("a: [b,\n  {c: d}", (1, 4)),
    ("a: [b,\n  {c: d", (2, 3)),
    ("a: {b: [c]", (1, 4)),
    ("- [a\n", (1, 3)),
    ("[[a]", (1, 1)),
    ("x: [\n  {\n", (2, 3)),
]


@pytest.mark.parametrize(("text", "at"), BRACKETS)
def test_the_bracket_that_is_not_closed_is_shown(text: str, at: tuple[int, int], told: Told) -> None:
    last = told(text)[-1]
    assert last.code == "PM101"
    assert (last.span.line, last.span.column) == at


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n b: [", "a: 1\na: 2\nb\nc: d", '- a: 1\n  a: 2\n  b: "c', "? [a]\n: b\nc: [\n"],
)
def test_what_stands_before_a_break_is_told_too(text: str, told: Told) -> None:
    codes = [one.code for one in told(text)]
    assert "PM101" in codes and {"PM102", "PM112"} & set(codes)
