"""Charts are honest and readable: no dot without a source, no label over another, no peak lost."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from postmortem.report.charts.chart import axis_of, moments, svg
from postmortem.report.charts.data import Band, Chart, Happening, Line, Panel, Reading, When
from postmortem.report.charts.graph import Arrow, Node, graphs, layers
from postmortem.report.charts.layout import LAYOUTS, PHONE, WIDE, Layout
from postmortem.report.charts.pen import fitted, width_of
from postmortem.report.charts.range_bar import Range, range_bar
from postmortem.report.charts.shown import Shown
from postmortem.report.charts.strip import Said, strip
from postmortem.report.charts.time_axis import DAY, HOUR, MINUTE, SECOND, time_axis
from postmortem.report.charts.value_axis import mark, value_axis

ZERO = int(datetime(2023, 5, 24, 22, tzinfo=UTC).timestamp()) * SECOND


def tick(at: int, step: int, opens: bool, first: bool) -> Shown:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
    words = f"{moment:%H:%M}" if not opens else f"{moment:%d %b %H:%M}"
    return Shown(words, words + " ", moment.isoformat())


def day(at: int) -> Shown:
    return tick(at, DAY, False, False)


def exactly(at: int) -> When:
    return When(at, at + MINUTE, at)


def happening(number: int, start: When, **more: object) -> Happening:
    values: dict[str, object] = {"end": None, "open_end": False, "rank": 2, "tone": ""} | more
    label = f"Something of note happens as number {number}"
    return Happening(f"e-{number}", number, label, start=start, **values)  # type: ignore[arg-type]


def reading(at: When, low: float | None, high: float | None, named: float | None, **more: object) -> Reading:
    values: dict[str, object] = {
        "anchor": "e-1", "series": 0, "growth": None, "kept": True, "label": "600,000", "note": "press",
        "rank": 2,
    } | more  # fmt: skip
    return Reading(at=at, low=low, high=high, named=named, **values)  # type: ignore[arg-type]


def chart(
    panels: tuple[Panel, ...] = (), happenings: tuple[Happening, ...] = (), bands: tuple[Band, ...] = ()
) -> Chart:
    return Chart(panels, happenings, bands, ZERO, tick, day)


def boxes(drawing: str, layout: Layout, pattern: str) -> list[tuple[float, float, float, float]]:
    """Return about where the texts stand that follow a pattern with groups x, y, words."""
    size = layout.size
    found = []
    for x, y, words in re.findall(pattern, drawing):
        words = re.sub("<[^>]+>", "", words)
        found.append((float(x), float(y) - size * 0.7, float(x) + width_of(words, size) * 0.9, float(y)))
    return found


def meet(boxes_: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, a in enumerate(boxes_)
        for j, b in enumerate(boxes_[:i])
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


LANE = r'<text x="([\d.]+)" y="([\d.]+)">([^<]*)</text></a>'
NAME = r'<text x="([\d.-]+)" y="([\d.-]+)">(<tspan>.*?)</text>'


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
@pytest.mark.parametrize("count", [1, 5, 60, 500])
@pytest.mark.parametrize("extent", [MINUTE, 3 * HOUR, 9 * DAY], ids=["minute", "hours", "days"])
def test_labels_do_not_meet(layout: Layout, count: int, extent: int) -> None:
    chance = random.Random(count * 7 + extent)
    times = sorted(ZERO + chance.randrange(extent) for _ in range(count))
    events = tuple(happening(i, exactly(at), rank=chance.randrange(4)) for i, at in enumerate(times))
    levels = tuple(
        reading(exactly(at), 90.0, 110.0 + i, 100.0 + i, anchor=f"e-{i}", label=f"≈{100 + i}", series=i % 12)
        for i, at in enumerate(times[:24])
    )
    drawing = svg(chart((Panel("people", levels, ()),), events), layout, "c")
    assert not meet(boxes(drawing, layout, LANE))
    assert not meet(boxes(drawing, layout, NAME))
    if count <= 60:
        assert len(drawing.encode()) <= 10_000
    assert len(re.findall('class="lane', drawing)) <= layout.rows * 12
    for x, _, words in re.findall(LANE, drawing):
        assert float(x) >= 0
        assert float(x) + width_of(words, layout.size) <= layout.width + 2


def test_every_event_stands_in_the_lane_by_name_or_as_a_tick() -> None:
    events = tuple(happening(i, exactly(ZERO + i * 5 * MINUTE)) for i in range(200))
    drawing = svg(chart((), events), WIDE, "c")
    named = len(re.findall('class="lane', drawing))
    rug = re.search('class="rug" d="([^"]+)"', drawing)
    assert rug
    assert named + rug[1].count("v9") == 200


def test_a_dot_stands_only_where_a_source_names_moment_and_number() -> None:
    named = reading(exactly(ZERO), 570.0, 600.0, 600.0)
    vague_time = reading(When(ZERO, ZERO + 20 * MINUTE), 570.0, 600.0, 600.0)
    vague_number = reading(exactly(ZERO + MINUTE), 570.0, 600.0, None)
    far = happening(1, exactly(ZERO + 30 * MINUTE))
    for one, dots in ((named, 1), (vague_time, 0), (vague_number, 0)):
        assert svg(chart((Panel("x", (one,), ()),), (far,)), WIDE, "c").count('<use href="#k') == dots


def test_an_open_bound_is_an_arrow_and_no_dot() -> None:
    at_least = reading(exactly(ZERO), 700.0, None, None)
    drawing = svg(chart((Panel("x", (at_least,), ()),), (happening(1, exactly(ZERO + HOUR)),)), WIDE, "c")
    assert 'class="open"' in drawing
    assert '<use href="#k' not in drawing


def test_no_line_joins_two_readings() -> None:
    two = (reading(exactly(ZERO), 1.0, 1.0, 1.0), reading(exactly(ZERO + HOUR), 9.0, 9.0, 9.0))
    drawing = svg(chart((Panel("x", two, ()),)), WIDE, "c")
    assert "sl " not in drawing
    assert 'class="rate"' not in drawing


def test_growth_without_a_level_draws_nothing() -> None:
    growth = reading(exactly(ZERO), 50.0, 50.0, 50.0, growth=MINUTE)
    drawing = svg(chart((Panel("x", (growth,), ()),), (happening(1, exactly(ZERO)),)), WIDE, "c")
    assert 'class="rate"' not in drawing
    level = reading(exactly(ZERO), 600.0, 600.0, 600.0)
    drawing = svg(chart((Panel("x", (level, growth), ()),), (happening(1, exactly(ZERO + HOUR)),)), WIDE, "c")
    assert 'class="rate"' in drawing


def test_what_was_set_aside_is_marked() -> None:
    aside = reading(exactly(ZERO), 1.0, 2.0, 2.0, kept=False)
    assert 'class="m r1 off"' in svg(chart((Panel("x", (aside,), ()),)), WIDE, "c")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_a_dense_series_is_thinned_and_keeps_its_peak(layout: Layout) -> None:
    points = [(ZERO + i * SECOND, 10.0 + i % 7) for i in range(20_000)]
    points[12_345] = (points[12_345][0], 990.0)
    drawing = svg(chart((Panel("ms", (), (Line(0, "ms", tuple(points)),)),)), layout, "c")
    assert len(drawing) < 10_000
    steps = re.search('class="sl r1" d="([^"]+)"', drawing)
    assert steps
    y = highest = 0.0
    for command, first, second in re.findall(r"([Mlvh])(-?\d+)(?: ?(-?\d+))?", steps[1]):
        if command == "M":
            y = highest = float(second)
        elif command != "h":
            y += float(second if command == "l" else first)
            highest = min(highest, y)
    axis = value_axis(10.0, 990.0, 0.0, 1.0, 5)
    assert axis.top >= 990
    assert highest < 60


def test_a_series_is_broken_where_it_is_silent() -> None:
    points = [(ZERO + i * SECOND, 1.0) for i in range(50)] + [
        (ZERO + HOUR + i * SECOND, 1.0) for i in range(50)
    ]
    drawing = svg(chart((Panel("ms", (), (Line(0, "ms", tuple(points)),)),)), WIDE, "c")
    steps = re.search('class="sl r1" d="([^"]+)"', drawing)
    assert steps
    assert steps[1].count("M") == 2


def test_units_never_share_an_axis() -> None:
    panels = tuple(Panel(f"unit {i}", (reading(exactly(ZERO), 1.0, 1.0, 10.0**i),), ()) for i in range(3))
    drawing = svg(chart(panels), WIDE, "c")
    assert drawing.count('class="gr"') == 3


def test_without_counts_there_is_no_value_axis() -> None:
    drawing = svg(chart((), (happening(1, exactly(ZERO)), happening(2, exactly(ZERO + HOUR)))), WIDE, "c")
    assert 'class="gr"' not in drawing
    assert "Something of note" in drawing


def test_without_any_time_there_is_no_chart() -> None:
    nothing = Chart((), (), (), None, tick, day)
    assert svg(nothing, WIDE, "c") == ""
    assert moments(nothing) == []


def test_far_apart_moments_are_cut_apart() -> None:
    near = [ZERO + i * MINUTE for i in range(20)]
    axis = time_axis([*near, ZERO + 16 * HOUR], 0, 1000, 20, 70)
    assert len(axis.stretches) == 2
    assert axis.x(near[19]) - axis.x(near[0]) > 800
    even = time_axis([ZERO + i * HOUR for i in range(5)], 0, 1000, 20, 70)
    assert len(even.stretches) == 1


def test_time_runs_from_left_to_right_on_every_axis() -> None:
    chance = random.Random(5)
    for _ in range(200):
        extent = chance.choice([1, SECOND, HOUR, 9 * DAY, 4000 * DAY])
        times = sorted({ZERO + chance.randrange(extent) for _ in range(chance.randint(1, 30))})
        axis = time_axis(times, 50, 1070, 24, 74)
        xs = [axis.x(at) for at in times]
        assert xs == sorted(xs)
        assert all(49.9 <= x <= 1070.1 for x in xs)


def test_a_time_known_only_widely_does_not_stretch_the_axis() -> None:
    events = [happening(i, exactly(ZERO + i * MINUTE)) for i in range(10)]
    events.append(happening(11, When(ZERO - 300 * DAY, ZERO)))
    assert min(moments(chart((), tuple(events)))) == ZERO


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_twelve_components_keep_their_names_apart(layout: Layout) -> None:
    levels = tuple(
        reading(exactly(ZERO + i * MINUTE), 10.0 * i, 10.0 * i, 10.0 * i, series=i, label=str(10 * i))
        for i in range(12)
    )
    names = tuple((i, f"Component number {i}") for i in range(12))
    drawing = svg(chart((Panel("x", levels, (), names),)), layout, "c")
    assert len(set(re.findall(r'class="m (r\d)"', drawing))) == 6
    assert not meet(boxes(drawing, layout, NAME))


def test_phases_are_bands_with_hatched_borders() -> None:
    bands = (
        Band("Down", "down", exactly(ZERO), When(ZERO + 18 * MINUTE, ZERO + 22 * MINUTE, ZERO + 20 * MINUTE)),
        Band("Back", "ok", When(ZERO + 18 * MINUTE, ZERO + 22 * MINUTE, ZERO + 20 * MINUTE), None),
    )
    events = (happening(1, exactly(ZERO)), happening(2, exactly(ZERO + HOUR)))
    drawing = svg(chart((), events, bands), WIDE, "c")
    assert 'class="p-down"' in drawing
    assert 'class="p-ok fade"' in drawing
    assert 'class="edge"' in drawing
    assert "Down</text>" in drawing


def test_text_is_escaped() -> None:
    hostile = "<script>\"&'"
    event = Happening('e-"x', 1, hostile, "neu", exactly(ZERO), None, False, 1)
    level = reading(exactly(ZERO), 1.0, 1.0, 1.0, label=hostile, note=hostile, anchor='"><b>')
    drawing = svg(
        chart(
            (Panel(hostile, (level,), ((Line(0, hostile, ()),))),),
            (event,),
            (Band(hostile, "ok", exactly(ZERO), None),),
        ),
        WIDE,
        'c"',
    )
    drawing += strip((Said(1.0, 2.0, None, hostile, True),), hostile) + range_bar(
        Range(1.0, 2.0, None, hostile), 0.0, 3.0
    )
    drawing += graphs(
        (Node("a", '"', hostile, hostile, "likely"), Node("b", "b", "b", "", "event")),
        (Arrow("a", "b", "likely"),),
        '"',
    )
    assert "<script" not in drawing
    assert '"">' not in drawing
    assert "<b>" not in drawing


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (200_000, "200k"), (1_200_000, "1.2M"), (0.25, "0.25"), (-5, "\N{MINUS SIGN}5")],
)
def test_marks_of_a_value_axis(value: float, words: str) -> None:
    assert mark(value) == words


def test_marks_of_a_value_axis_are_round_and_hold_all() -> None:
    chance = random.Random(3)
    for _ in range(300):
        highest = 10 ** chance.uniform(-6, 12)
        axis = value_axis(0.0, highest, 200.0, 10.0, 5)
        assert axis.top >= highest * 0.999999
        assert len(axis.marks()) <= 7
        assert axis.y(0.0) == pytest.approx(200.0)
    assert mark(0.5, "%") == "50%"


def test_layers_of_a_graph_run_one_way_and_circles_end() -> None:
    nodes = [Node(key, key, key, "", "likely") for key in "abcd"]
    ways = [Arrow("a", "b", ""), Arrow("b", "c", ""), Arrow("a", "c", ""), Arrow("c", "d", "")]
    assert layers(nodes, ways) == {"a": 0, "b": 1, "c": 2, "d": 3}
    circle = [Arrow("a", "b", ""), Arrow("b", "a", "")]
    assert set(layers(nodes[:2], circle)) == {"a", "b"}
    assert graphs(nodes, (), "g") == ""


def test_a_label_is_cut_at_a_word() -> None:
    assert fitted("short", 12, 100) == "short"
    cut = fitted("The sound feeds back and drops out", 12, 100)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 100
    assert fitted("anything", 12, 2) == ""


def test_the_phone_layout_names_numbers_only() -> None:
    level = reading(exactly(ZERO), 600.0, 600.0, 600.0)
    drawing = svg(chart((Panel("x", (level,), ()),)), PHONE, "c")
    assert "<tspan>600,000</tspan></text>" in drawing


def test_a_long_arrow_passes_between_the_boxes() -> None:
    chance = random.Random(11)
    for _ in range(60):
        count = chance.randint(4, 14)
        keys = [f"n{i}" for i in range(count)]
        nodes = [Node(key, key, f"A factor with some words, number {key}", "press", "likely") for key in keys]
        pairs = {tuple(sorted(chance.sample(range(count), 2))) for _ in range(2 * count)}
        arrows = [Arrow(keys[a], keys[b], "likely") for a, b in sorted(pairs)]
        for drawing in graphs(nodes, arrows, "g").split("</svg>")[:-1]:
            boxes_ = [
                tuple(map(int, found))
                for found in re.findall(
                    r'<rect x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"', drawing
                )
            ]
            assert len(boxes_) == count
            for strokes in re.findall(r'class="ed e-likely" d="([^"]+)"', drawing):
                for x1, y, x2 in re.findall(r" (-?\d+) (-?\d+)H(-?\d+)", strokes):
                    middle = (int(x1) + int(x2)) / 2
                    assert not any(
                        left < middle < left + wide and top < int(y) < top + tall
                        for left, top, wide, tall in boxes_
                    )


def test_a_graph_of_few_layers_has_two_layouts_and_one_of_many_a_single_one() -> None:
    nodes = [Node(str(i), str(i), f"Factor {i}", "press", "likely") for i in range(8)]
    arrows = [Arrow(str(i), str(i + 1), "likely") for i in range(7)]
    few = graphs(nodes[:4], arrows[:3], "g")
    assert re.findall(r'<svg class="([^"]+)" viewBox="0 0 (\d+)', few) == [("ch-l", "1080"), ("ch-m", "720")]
    many = graphs(nodes, arrows, "g")
    assert re.findall(r'<svg class="([^"]+)" viewBox="0 0 (\d+)', many) == [("gr-l", "1080")]


def test_many_marks_are_drawn_once_where_they_lie_on_each_other() -> None:
    times = [exactly(ZERO + i * SECOND) for i in range(3000)]
    levels = tuple(reading(at, 90.0, 110.0, 100.0, series=i % 6) for i, at in enumerate(times))
    peak = reading(times[1500], 4000.0, 4000.0, 4000.0, rank=9)
    drawing = svg(chart((Panel("x", (*levels, peak), ()),)), WIDE, "c")
    assert len(drawing) < 80_000
    (dots,) = re.findall(r'class="dr" stroke-width="4" d="([^"]+)"', drawing)
    x, y = map(int, re.match(r"M(\d+) (\d+)h0", dots).groups())  # type: ignore[union-attr]
    heights = {y}
    for right, down in re.findall(r"m(-?\d+) ?(-?\d+)h0", dots):
        x, y = x + int(right), y + int(down)
        heights.add(y)
    assert 52 <= x <= 1070
    assert min(heights) < 40 < max(heights)
    assert all(f'class="{name}"' in drawing for name in ("dr", "ds", "dn"))


def test_what_is_known_to_the_minute_gets_an_axis_of_minutes() -> None:
    whole = When(ZERO, ZERO + MINUTE, ZERO)
    alone = svg(chart((), (happening(1, whole),)), WIDE, "c")
    assert "T+01" in alone
    assert ":30" not in alone
    later = (happening(2, exactly(ZERO + 12 * MINUTE)), happening(3, exactly(ZERO + HOUR // 2)))
    assert len(axis_of(chart((), (happening(1, whole), *later)), WIDE).stretches) == 1
    seconds = When(ZERO + 10_000_000, ZERO + 11_000_000, ZERO + 10_000_000)
    assert "T+00:10" in svg(chart((), (happening(1, exactly(ZERO)), happening(2, seconds))), WIDE, "c")


def test_a_share_is_written_as_its_language_writes_it() -> None:
    level = reading(exactly(ZERO), 0.5, 0.5, 0.5)
    drawing = svg(chart((Panel("share", (level,), (), (), "\N{NO-BREAK SPACE}%", ","),)), WIDE, "c")
    assert ">50\N{NO-BREAK SPACE}%</text>" in drawing
    said = strip((Said(0.125, 0.5, None, "12 to 50", True),), "share", "\N{NO-BREAK SPACE}%", ",")
    assert re.search(r">\d+\N{NO-BREAK SPACE}%</text>", said)


@pytest.mark.parametrize(("value", "anchor"), [(100.0, "lb te"), (2.0, "lb")])
def test_the_words_of_a_claim_stand_where_they_are_whole(value: float, anchor: str) -> None:
    claims = (Said(0.0, 0.0, 0.0, "none", True), Said(value, value, value, "a claim of many words", True))
    drawing = strip((*claims, Said(100.0, 100.0, 100.0, "most", True)), "x")
    assert f'class="{anchor}">a claim of many words</text>' in drawing


def test_a_distance_from_t_that_is_wider_than_its_clock_stays_inside() -> None:
    marks = tuple(happening(n, exactly(ZERO + n * 3 * MINUTE)) for n in range(36))
    for layout in LAYOUTS:
        drawing = svg(chart((), marks), layout, "c").split('<g class="rel">')[1].split("</g>")[0]
        for x, words in re.findall(r'<text x="(\d+)" y="\d+">([^<]+)</text>', drawing):
            assert int(x) + len(words) * 3.61 <= layout.width + 1, (layout.name, words)
