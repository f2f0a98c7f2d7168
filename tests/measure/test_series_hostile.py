"""Series files that are wrong, hostile, or somewhere else: a finding each, nothing lost, nothing followed."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from postmortem.ground.finding import Finding
from postmortem.ground.place import Spot
from postmortem.measure import rows, series_file
from postmortem.measure.measure import measure
from postmortem.measure.metrics import Point

FILE = Spot(("series", 0, "file"))


def judged(make: Any, folder: Path | None, name: str) -> tuple[tuple[Point, ...], list[Finding]]:
    timeline = make({"a": {}}, series=[{"measure": "m", "file": name}])
    metrics, findings = measure(timeline, folder)
    assert all(one.at == FILE for one in findings)
    return metrics.series[0].points, list(findings)


def written(make: Any, folder: Path, name: str, data: str | bytes) -> tuple[tuple[Point, ...], list[Finding]]:
    folder.joinpath(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return judged(make, folder, name)


def refused(make: Any, folder: Path | None, name: str) -> Finding:
    points, findings = judged(make, folder, name)
    assert points == ()
    assert [one.code for one in findings] == ["PM219"]
    assert findings[0].help
    return findings[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A log's folder, with a file outside that no log may reach."""
    (tmp_path / "secret.csv").write_text("time,value\n18:20,1\n", encoding="utf-8")
    (tmp_path / "home-too").mkdir()
    (tmp_path / "home-too" / "a.csv").write_text("time,value\n18:20,1\n", encoding="utf-8")
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv",
        "x/../../secret.csv",
        "../home-too/a.csv",
        "../nowhere.csv",
        "..",
        "link.csv",
        "far/secret.csv",
        "dangling.csv",
    ],
)
def test_a_path_out_of_the_folder(make: Any, home: Path, name: str) -> None:
    (home / "link.csv").symlink_to(home.parent / "secret.csv")
    (home / "dangling.csv").symlink_to(home.parent / "nowhere.csv")
    (home / "far").symlink_to(home.parent)
    found = refused(make, home, name)
    # Whether there is such a file outside is not told either.
    assert found.message == f"the series file `{name}` lies outside the log's folder"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "/dev/zero",
        "//host/share/a.csv",
        "\\\\host\\share\\a.csv",
        "C:\\a.csv",
        "c:a.csv",
        "~/a.csv",
        "a\x00b.csv",
        "a\nb.csv",
        "",
    ],
)
def test_a_path_that_is_not_a_plain_relative_one(make: Any, home: Path, name: str) -> None:
    found = refused(make, home, name)
    assert "\n" not in found.message
    assert "\x00" not in found.message


@pytest.mark.parametrize(
    "name", ["NUL", "con.csv", "data/COM1.csv", "aux.tar.csv", "lpt9", "Prn .csv", "com¹.csv"]
)
def test_the_name_of_a_device(make: Any, home: Path, name: str) -> None:
    assert "device" in refused(make, home, name).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(make: Any, home: Path) -> None:
    os.mkfifo(home / "pipe.csv")
    assert refused(make, home, "pipe.csv").message.endswith("is not a regular file")


def test_what_is_no_file(make: Any, home: Path) -> None:
    (home / "folder.csv").mkdir()
    (home / "round.csv").symlink_to(home / "round.csv")
    assert refused(make, home, "folder.csv").message.endswith("is a folder")
    assert refused(make, home, "none.csv").message.endswith("is not there")
    assert "`round.csv`" in refused(make, home, "round.csv").message
    assert refused(make, None, "a.csv").message.endswith("this log has no folder")
    (home / "a.xlsx").write_bytes(b"PK")
    assert "`.csv`" in refused(make, home, "a.xlsx").help


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(make: Any, home: Path) -> None:
    (home / "a.csv").write_text("time,value\n", encoding="utf-8")
    (home / "a.csv").chmod(0)
    assert "may not be read" in refused(make, home, "a.csv").message


def test_a_file_that_is_too_large(make: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_file, "LARGEST_FILE", 1 << 20)
    (home / "a.csv").write_bytes(b"time,value\n" + b"0" * (1 << 20))
    assert refused(make, home, "a.csv").message.endswith("is larger than 1 MiB")


def test_a_file_of_too_many_rows(make: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 3)
    (home / "a.csv").write_text("time,value\n" + "18:20,1\n" * 3, encoding="utf-8")
    assert judged(make, home, "a.csv")[1] == []
    (home / "a.csv").write_text("time,value\n" + "18:20,1\n" * 4, encoding="utf-8")
    assert refused(make, home, "a.csv").message.endswith("holds more than 3 rows")
    (home / "a.jsonl").write_text("{}\n" * 9, encoding="utf-8")
    assert refused(make, home, "a.jsonl").message.endswith("holds more than 3 rows")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "is empty"),
        ("18:20,1\n", "no column `time`"),
        ("time;value\n18:20;1\n", "no column `time`"),
        ("time\tvalue\n", "no column `time`"),
        ("Time,Value\n", "no column `time`"),
        ("time,when\n", "no column `value`"),
        ("time,value,value\n", "two columns `value`"),
        ('time,"value\n18:20,1\n', "a quote that is not closed"),
        ("time,value\n18:20,1\n".encode("utf-16"), "not UTF-8"),
        (b"time,value\n18:20,\xff\n", "byte 18"),
        (b"\xef\xbb\xbf", "is empty"),
        ("time,value\n", "holds no row"),
        ("time,value\n\n\n", "holds no row"),
    ],
)
def test_a_csv_file_without_use(make: Any, home: Path, data: str | bytes, words: str) -> None:
    points, findings = written(make, home, "a.csv", data)
    assert points == ()
    assert [one.code for one in findings] == ["PM219"]
    assert words in findings[0].message


GOOD = "18:20:00,1"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("18:21", "line 3 has 1 column, where the heading has 2"),
        ("18:21,1,2", "line 3 has 3 columns, where the heading has 2"),
        ("18:21,", "the `value` of line 3 is empty"),
        (",5", "the `time` of line 3 is empty"),
        ("18:21,abc", "the `value` of line 3 is `abc`, which is no finite number"),
        ("18:21,NaN", "the `value` of line 3 is `NaN`, which is no finite number"),
        ("18:21,nan", "the `value` of line 3 is `nan`, which is no finite number"),
        ("18:21,inf", "the `value` of line 3 is `inf`, which is no finite number"),
        ("18:21,-Infinity", "the `value` of line 3 is `-Infinity`, which is no finite number"),
        ("18:21,1e999", "the `value` of line 3 is `1e999`, which is no finite number"),
        ("18:21,1e-999", "the `value` of line 3 is `1e-999`, which is no finite number"),
        ("18:21,٣", "the `value` of line 3 is `٣`, which is no finite number"),
        ("18:21,０", "the `value` of line 3 is `０`, which is no finite number"),
        ("18:21,0x10", "the `value` of line 3 is `0x10`, which is no finite number"),
        ("18:21,1_0_0e", "the `value` of line 3 is `1_0_0e`, which is no finite number"),
        ("18:21," + "9" * 500, "the `value` of line 3 is `9999999999999999999999999999999999999...`,"),
        ("18:21,5\x00", "the `value` of line 3 is `5\\u0000`, which is no finite number"),
        ("18:21,\x1b[31m", "the `value` of line 3 is `\\u001b[31m`, which is no finite number"),
        ("18:21,5\r7", "the `value` of line 3 is `5\\u000d7`, which is no finite number"),
        ("18:21,over 5", "the `value` of line 3 is `over 5`: a bound alone, where a count is due"),
        ("18:21,+5/min", "the `value` of line 3 is `+5/min`: a growth, where a count is due"),
        ("25:00,5", "the `time` of line 3 is `25:00`: "),
        ("١٨:٢٠,5", "the `time` of line 3 is `١٨:٢٠`: "),
        ("2023-02-30T18:20:00Z,5", "the `time` of line 3 is `2023-02-30T18:20:00Z`: "),
        ("2023-05-24T18:20:00+99:00,5", "the `time` of line 3 is `2023-05-24T18:20:00+99:00`: "),
        ("18:21 EST,5", "the `time` of line 3 is `18:21 EST`: "),
        ("1684966800,5", "the `time` of line 3 is `1684966800`: "),
        ("a + 5m,5", "the `time` of line 3 is `a + 5m`: a series file has times of its own,"),
        ("after 18:20,5", "the `time` of line 3 is `after 18:20`: it names no single moment"),
        ('"18:21,5', "line 3 has a quote that is not closed, or text after one"),
        ('"18:21"x,5', "line 3 has a quote that is not closed, or text after one"),
        ("x" * 20_000, "line 3 is longer than 10,000 characters"),
    ],
)
def test_one_bad_row_of_csv(make: Any, home: Path, row: str, message: str) -> None:
    points, findings = written(make, home, "a.csv", f"time,value\n{GOOD}\n{row}\n18:30:00,2\n")
    assert [one.value for one in points] == [1, 2]
    assert [one.code for one in findings] == ["PM220"]
    assert findings[0].message.startswith(f"in `a.csv`, {message}")
    assert findings[0].message.isprintable()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2 is not JSON"),
        ("[1, 2]", "line 2 is no object with `time` and `value`"),
        ('"x"', "line 2 is no object with `time` and `value`"),
        ("[" * 5_000, "line 2 is not JSON"),
        ('{"time": "18:21"}', "the `value` of line 2 is not there"),
        ('{"value": 5}', "the `time` of line 2 is not there"),
        ('{"time": 18, "value": 5}', "the `time` of line 2 is no text;"),
        ('{"time": null, "value": 5}', "the `time` of line 2 is no text;"),
        ('{"time": "18:21", "value": "5"}', "the `value` of line 2 is no number"),
        ('{"time": "18:21", "value": true}', "the `value` of line 2 is no number"),
        ('{"time": "18:21", "value": null}', "the `value` of line 2 is no number"),
        ('{"time": "18:21", "value": NaN}', "the `value` of line 2 is `NaN`, which is no finite number"),
        ('{"time": "18:21", "value": -Infinity}', "the `value` of line 2 is `-Infinity`, which is no finite"),
        ('{"time": "18:21", "value": 1e999}', "the `value` of line 2 is `1e999`, which is no finite number"),
        ('{"time": "18:21", "value": ' + "9" * 5_000 + "}", "the `value` of line 2 is `9999"),
        ('{"time": "18:21", "value": 1, "value": 2}', "the `value` of line 2 stands twice"),
        ('{"time": "18:21", "x": 1, "x": 1, "value": 2}', "line 2 has a key twice"),
        ('{"time": "18:21", "value": 5} 6', "line 2 is not JSON"),
        ('{"time": "\\ud800", "value": 5}', "the `time` of line 2 is `\\ud800`: "),
        ("x" * 20_000, "line 2 is longer than 10,000 characters"),
    ],
)
def test_one_bad_row_of_json(make: Any, home: Path, row: str, message: str) -> None:
    good = ['{"time": "18:20:00", "value": 1}', '{"time": "18:30:00", "value": 2}']
    points, findings = written(make, home, "a.jsonl", "\n".join([good[0], row, good[1]]))
    assert [one.value for one in points] == [1, 2]
    assert [one.code for one in findings] == ["PM220"]
    assert findings[0].message.startswith(f"in `a.jsonl`, {message}")
    findings[0].message.encode("utf-8")


def test_numbers_that_stand_elsewhere_in_a_line_are_not_judged(make: Any, home: Path) -> None:
    points, findings = written(make, home, "a.jsonl", '{"time": "18:20", "value": 1, "x": NaN}')
    assert findings == []
    assert len(points) == 1


def test_many_bad_rows_are_one_finding_of_each_kind(make: Any, home: Path) -> None:
    bad = [f"18:{n:02}:00,x{n}" for n in range(10)] + ["25:00,1", "18:40,-1", "18:41,-2"]
    points, findings = written(make, home, "a.csv", "\n".join(["time,value", GOOD, *bad]))
    assert len(points) == 1
    assert [(one.code, one.message) for one in findings] == [
        ("PM220", findings[0].message),
        (
            "PM220",
            "in `a.csv`, the `value` of line 3 is `x0`, which is no finite number;"
            " so it is with lines 4, 5, 6 and 6 more",
        ),
        ("PM216", "in `a.csv`, the `value` of line 14 is `-1`; so it is with line 15"),
    ]
    assert findings[0].message.startswith("in `a.csv`, the `time` of line 13 is `25:00`: ")


def test_an_open_quote_takes_no_other_rows_with_it(make: Any, home: Path) -> None:
    text = 'time,value\n18:20:00,1\n"18:21:00,2\n18:22:00,3\n18:23:00,"4"\n'
    points, findings = written(make, home, "a.csv", text)
    assert [one.value for one in points] == [1, 3, 4]
    assert len(findings) == 1


def test_two_values_at_one_time_in_a_file(make: Any, home: Path) -> None:
    text = "time,value\n18:20,1\n18:21,5\n18:20,2\n18:21,5\n18:20,3\n"
    points, findings = written(make, home, "a.csv", text)
    assert [one.value for one in points] == [1, 5]
    assert [one.message for one in findings] == [
        "in `a.csv`, lines 2 and 4 have the same `time` and different `value`s, and 1 more so"
    ]


def test_local_times_that_come_twice_or_never(make: Any, home: Path) -> None:
    (home / "a.csv").write_text(
        "time,value\n2023-10-29 02:30:00,1\n2023-03-26 02:30:00,2\n2023-10-29 02:30:00+01:00,3\n",
        encoding="utf-8",
    )
    timeline = make({"a": {}}, series=[{"measure": "m", "file": "a.csv"}], timezone="Europe/Paris")
    metrics, findings = measure(timeline, home)
    assert [one.value for one in metrics.series[0].points] == [3]
    (found,) = findings
    assert found.code == "PM220"
    assert "the `time` of line 2 is `2023-10-29 02:30:00`: " in found.message
    assert found.message.endswith("; so it is with line 3")


def test_bare_times_without_a_day_or_a_zone(make: Any, home: Path) -> None:
    (home / "a.csv").write_text("time,value\n18:20:00,1\n2023-05-24T18:20:00Z,2\n", encoding="utf-8")
    for missing in ({"date": None}, {"timezone": None}):
        timeline = make({"a": {}}, series=[{"measure": "m", "file": "a.csv"}])
        timeline = _without(timeline, missing)
        metrics, findings = measure(timeline, home)
        assert [one.value for one in metrics.series[0].points] == [2]
        assert [one.code for one in findings] == ["PM220"]


def _without(timeline: Any, missing: dict[str, None]) -> Any:
    from postmortem.ground.record import replace

    return replace(timeline, incident=replace(timeline.incident, **missing))


def parquet(columns: dict[str, Any]) -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out)
    return bytes(out.getvalue())


def test_parquet_files_without_use(make: Any, home: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    times = pa.array([0], pa.timestamp("us", tz="UTC"))
    for columns, words in (
        ({"time": times}, "no column `value`"),
        ({"time": ["18:20"], "value": [1]}, "column `time` of type `string`"),
        ({"time": [5], "value": [1]}, "column `time` of type `int64`"),
        ({"time": times, "value": ["1"]}, "column `value` of type `string`"),
        ({"time": times, "value": [True]}, "column `value` of type `bool`"),
        ({"time": times, "value": [[1]]}, "column `value` of type `list<"),
    ):
        points, (found,) = written(make, home, "a.parquet", parquet(columns))
        assert points == ()
        assert found.code == "PM219"
        assert words in found.message
    whole = parquet({"time": times, "value": [1]})
    for data in (b"", b"PAR1", b"time,value\n", whole[:-9], b"PAR1" + b"\xff" * 60 + b"PAR1"):
        points, (found,) = written(make, home, "a.parquet", data)
        assert points == ()
        assert found.message == "the series file `a.parquet` is no Parquet file that can be read"


def test_parquet_rows_without_use(make: Any, home: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from decimal import Decimal

    times = pa.array([0, None, 2, 3, 4, 5], pa.timestamp("s", tz="UTC"))
    floats = pa.array([1.0, 2.0, None, float("nan"), float("inf"), -1.0])
    points, findings = written(make, home, "a.parquet", parquet({"time": times, "value": floats}))
    assert len(points) == 1
    assert [one.message for one in findings] == [
        "in `a.parquet`, the `time` of row 2 is empty",
        "in `a.parquet`, the `value` of row 3 is empty; so it is with rows 4, 5",
        "in `a.parquet`, the `value` of row 6 is `-1`",
    ]
    far = pa.array([2**62], pa.timestamp("us"))
    for times_far in (far, far.cast(pa.timestamp("us", tz="UTC"))):
        points, (found,) = written(make, home, "b.parquet", parquet({"time": times_far, "value": [1]}))
        assert points == ()
        assert "past the calendar's end" in found.message
    huge = pa.array([Decimal(10**70)], pa.decimal256(76, 0))
    points, findings = written(make, home, "c.parquet", parquet({"time": times[:1], "value": huge}))
    assert findings == []
    assert points[0].value == 10**70


def test_parquet_of_too_many_rows(make: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    from postmortem.measure import parquet as reader

    monkeypatch.setattr(reader, "MOST_ROWS", 3)
    times = pa.array(range(4), pa.timestamp("s", tz="UTC"))
    (home / "a.parquet").write_bytes(parquet({"time": times, "value": [1, 2, 3, 4]}))
    assert "holds more than" in refused(make, home, "a.parquet").message


def test_without_the_library_one_finding_says_how_to_get_it(
    make: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    series = []
    for name in ("a.parquet", "b.parquet"):
        (home / name).write_bytes(b"PAR1")
        series.append({"measure": "m", "file": name})
    metrics, findings = measure(make({"a": {}}, series=series), home)
    assert [one.code for one in findings] == ["PM219"]
    assert "pip install 'postmortem-log[parquet]'" in findings[0].help
    assert len(metrics.series) == 2


def test_a_file_of_nothing_but_bad_rows_is_left_unread_after_a_thousand(make: Any, home: Path) -> None:
    text = "time,value\n" + "".join(f"18:20:00,x{number}\n" for number in range(5_000)) + GOOD
    points, (found,) = written(make, home, "a.csv", text)
    assert points == ()
    assert found.message.endswith("so it is with lines 3, 4, 5 and 996 more")
    assert "the rest is not read" in found.help


def test_all_series_of_a_log_share_what_may_be_read(
    make: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series_file, "ALL_FILES", 50)
    monkeypatch.setattr(series_file.Budget.__init__, "__defaults__", (50,))
    (home / "a.csv").write_text("time,value\n18:20,1\n", encoding="utf-8")
    series = [{"measure": "m", "file": "a.csv"}] * 4
    metrics, findings = measure(make({"a": {}}, series=series), home)
    assert [len(one.points) for one in metrics.series] == [1, 1, 0, 0]
    assert [one.at for one in findings] == [Spot(("series", n, "file")) for n in (2, 3)]
    assert "all series of a log together" in findings[0].message


def test_statistics_stop_where_they_would_take_too_long(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from postmortem.measure import stats

    monkeypatch.setattr(stats, "MOST_RECKONED", 5)
    metrics = [{"id": f"m{n}", "stat": {"measure": "m", "of": "max"}} for n in range(3)]
    series = [{"measure": "m", "points": [["18:20", "1"], ["18:21", "2"]]}]
    found, _ = measure(make({"a": {}}, series=series, metrics=metrics), None)
    assert [one.high for one in found.metrics[-3:]] == [2, 2, None]
    assert found.metrics[-1].missing == ("the statistics before it took all of the 5 points of a run",)


PIECES = [
    *(b",", b'"', b"\n", b"\r", b"\x00", b"NaN", b"1e999", b"\xef\xbb\xbf", b"\xff", b"{", b"}", b"[", b":"),
    *(b"-", b"+", b"~", b"18:20", b"after ", b"T+5m", b" to ", b"9999-12-31T23:59:59Z", b"0001-01-01"),
    *(b"9" * 50, b"%", b"k", "٣".encode(), b" EST", b"23:59:60"),
]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_mutated_files_are_answered(make: Any, home: Path, kind: str) -> None:
    if kind == "parquet":
        pa = pytest.importorskip("pyarrow")
        seed = parquet({"time": pa.array(range(50), pa.timestamp("us")), "value": list(range(50))})
    else:
        seed = {
            "csv": b'time,value\n2023-05-24T18:20:00Z,5\n18:21:05.5,600k\n"18:22",~7\n6:25pm,1e5\n',
            "jsonl": b'{"time":"18:20:00","value":5}\n{"time":"18:21","value":1.5e3,"x":[1,{"a":null}]}\n',
        }[kind]
    dice = random.Random(kind)
    for _ in range(int(os.environ.get("POSTMORTEM_TEST_SCALE", "1")) * 150):
        data = bytearray(seed)
        for _ in range(dice.randrange(1, 6)):
            at, way = dice.randrange(len(data) + 1), dice.random()
            if way < 0.5:
                data[at:at] = dice.choice(PIECES)
            elif way < 0.7:
                data[at : at + dice.randrange(1, 9)] = b""
            else:
                data[at : at + 1] = bytes([dice.randrange(256)])
        points, findings = written(make, home, f"a.{kind}", bytes(data))
        assert all(one.message.isprintable() for one in findings)
        assert all(one.code in ("PM216", "PM219", "PM220") for one in findings)
        assert findings or points
        assert [one.at for one in points] == sorted({one.at for one in points})
