"""The attack table, continued: what is made of a log, for the public above all, and by which templates.

Each test is named after its attack and goes through the real command line.
"""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.safety.conftest import Told, written
from tests.safety.test_attacks import HTML, OUTPUTS, assert_harmless, codes, found, hostile, outputs, quoted
from tests.safety.test_files_broken import told as broken

# What would be public

TOKEN = "ghp_" + "abcdefghijklmnopqrstuvwxyz" + "0123456789"
GIVEN_AWAY = {
    "a token": (TOKEN, "PM701"),
    "a token in pieces": (TOKEN[:9] + "\u200b" + TOKEN[9:], "PM701"),
    "an address of mail": ("ada@corp-mail.net", "PM702"),
    "an address of mail with a soft hyphen": ("ada@corp-\u00admail.net", "PM702"),
    "a number of a telephone": ("+49 30 5550123", "PM703"),
    "an address of a machine": ("10.1.2.3", "PM704"),
    "an address of a machine in marks": ("10.1\u2060.*2*.3", "PM704"),
    "a host of the house": ("db-1.corp.internal", "PM705"),
    "a name": ("Larsen", "PM706"),
}
PEOPLE = "people:\n  lead: {name: Bo Larsen, role: the on-call engineer}\n"
PUBLIC = [
    *((command, "log.yaml", "--format", form, "-o", "-") for command, form in OUTPUTS),
    ("explain", "log.yaml", "errors"),
]
"""Every command that makes something for the public of a log."""
INTO_FILES = [
    *(("render", "log.yaml", "--format", form, "-o", "out") for form in ("html", "md", "json")),
    *((command, "log.yaml", "-o", "out.txt") for command in ("timeline", "metrics")),
]


@pytest.mark.parametrize("what", GIVEN_AWAY)
def test_secrets_and_personal_data_in_a_public_report_are_refused(
    told: Told, log: str, tmp_path: Path, what: str
) -> None:
    value, code = GIVEN_AWAY[what]
    log = log.replace("measures:", PEOPLE + "measures:")
    written(tmp_path, log.replace("Many cannot.", quoted(f"It was {value} that failed.")))
    for words in (*PUBLIC, *INTO_FILES) if what == "a token" else INTO_FILES:
        ran = told(*words, "--audience", "public")
        assert (ran.code, ran.out) == (1, ""), (words, ran.out)
        assert f"error[{code}]" in ran.err, words
        assert code != "PM701" or TOKEN[-12:] not in ran.err
        assert [one.name for one in tmp_path.iterdir()] == ["log.yaml"], words


def test_what_was_taken_out_of_the_public_part_is_in_no_byte_of_it(
    told: Told, log: str, tmp_path: Path
) -> None:
    values = [value for value, _ in GIVEN_AWAY.values()]
    log = log.replace("measures:", f"# {' '.join(values)}\n{PEOPLE}measures:")
    hidden = f"what: {quoted(f'It was {values} that failed.')}, audience: internal"
    written(tmp_path, log.replace("what: Many cannot.", hidden) + f"x-note: {quoted(' '.join(values))}\n")
    for words in PUBLIC:
        ran = told(*words, "--audience", "public")
        assert ran.code == 0, (words, ran.err)
        for part in {*values, *(value.replace("\u200b", "").replace("\u00ad", "") for value in values)}:
            assert part not in ran.out + ran.err, words
            assert base64.b64encode(part.encode()).decode()[:-2] not in ran.out, words
    assert told(*PUBLIC[0]).out.count(TOKEN) == 1


def test_a_waiver_is_in_the_log_and_has_a_reason(told: Told, log: str, tmp_path: Path) -> None:
    text = log.replace("Many cannot.", "Ask ada@corp-mail.net.")
    public = ("render", "log.yaml", "--format", "md", "-o", "out", "--audience", "public")
    for waiver, code in (
        ("", 1),
        ("checks: {ignore: [PM702]}\n", 1),
        ("checks: {ignore: [PM702], because: ''}\n", 1),
        ("checks: {ignore: [PM701], because: It is the public's own address.}\n", 1),
        ("checks: {ignore: [PM702], because: It is the public's own address.}\n", 0),
    ):
        written(tmp_path, text + waiver)
        assert told(*public).code == code, waiver
        assert (tmp_path / "out").exists() == (code == 0)
    (tmp_path / "in").mkdir()
    written(tmp_path / "in", text)
    settings = 'ignore = ["PM702"]\nignore-because = "settings come with the log"\n'
    (tmp_path / "in/postmortem.toml").write_text(settings, encoding="utf-8")
    ran = told("render", "in/log.yaml", "--format", "md", "-o", "in/out", "--audience", "public")
    assert ran.code == 1
    assert not (tmp_path / "in/out").exists()


# Templates


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("postmortem.toml", 'template = "own.j2"\n'),
        ("postmortem.toml", '[theme]\ntemplate = "own.j2"\n'),
        ("postmortem.toml", '[render]\ntemplate = "own.j2"\n'),
        ("pyproject.toml", '[tool.postmortem]\ntemplate = "own.j2"\n'),
    ],
)
def test_templates_from_users_are_named_by_no_settings_file(
    told: Told, log: str, tmp_path: Path, name: str, text: str
) -> None:
    written(tmp_path, log)
    (tmp_path / "own.j2").write_text("OWNED", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = told("render", "log.yaml", "--format", "html", "-o", "-")
    assert (ran.code, ran.out) == (2, "")
    assert "has an unknown setting" in ran.err


def test_templates_from_users_are_not_found_by_their_names(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    for folder in (tmp_path, tmp_path / "templates", tmp_path / "build"):
        folder.mkdir(exist_ok=True)
        for name in ("report.html.j2", "report.md.j2", "style.css", "script.js", "paper.css"):
            (folder / name).write_text("OWNED {{ 7 * 7 }}", encoding="utf-8")
    for made in outputs(told, "html", "md").values():
        assert "OWNED" not in made


INTO_PYTHON = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('touch owned') }}",
    "{{ lipsum.__globals__['os'].system('touch owned') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ say.__globals__ }}",
    "{{ say.__self__ }}",
    "{{ page|attr('__class__') }}",
    "{{ dict(a=1)['__class__'] }}",
    "{{ '{0.__class__.__mro__}'.format(page) }}",
    "{{ ('{0.__class__}'|safe).format(page) }}",
    "{{ '%s'.__mod__ }}",
    "{{ page.title.__html__.__globals__ }}",
    "{% import 'os' as os %}{{ os }}",
    "{% include '/etc/passwd' %}",
    "{% include '../secret.txt' %}",
    "{{ [].append(1) }}",
    "{{ range(999999999) }}",
    "{{ 'x' * 99999999999999 }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
)


@pytest.mark.parametrize("text", INTO_PYTHON)
def test_templates_from_users_do_not_reach_python(told: Told, log: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.txt").write_text("4711", encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    written(tmp_path, log)
    (inner / "own.j2").write_text(text, encoding="utf-8")
    ran = told("render", "log.yaml", "--format", "html", "-o", "-", "--template", "in/own.j2")
    assert (ran.code, ran.out) == (2, "")
    assert re.match(r"error: the template `own\.j2` cannot be used: .{10}", ran.err), ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "log.yaml", "secret.txt"]


@pytest.mark.parametrize("name", ["own.html.j2", "own.j2", "own.svg", "own.md", "own.txt", "own"])
def test_autoescape_is_on_in_templates_of_any_name(told: Told, log: str, tmp_path: Path, name: str) -> None:
    attack = "</title><script>alert(1)</script>\"'&"
    written(tmp_path, log.replace("Logins fail", quoted(attack)))
    text = "<p title=\"{{ page.title }}\">{{ page.heading }}{{ '<b>' }}</p>"
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = told("render", "log.yaml", "--format", "html", "-o", "-", "--template", name)
    assert ran.code == 0, ran.err
    assert "<script" not in ran.out and "<b>" not in ran.out and "</title" not in ran.out
    assert re.fullmatch(r'<p title="[^"<>]*">[^<>]*</p>\n', ran.out)


def test_autoescape_or_a_check_of_each_value_holds_in_every_environment() -> None:
    """Finished text by `|safe` stands in no template; who makes it is in test_html_contexts."""
    made = []
    for place in sorted((ROOT / "postmortem").rglob("*.py")):
        text = place.read_text(encoding="utf-8")
        for one in ast.walk(ast.parse(text)) if "nvironment(" in text else ():
            name = one.func if isinstance(one, ast.Call) else None
            called = getattr(name, "id", "") or getattr(name, "attr", "")
            # Jinja's, by its own name or another: those of the system have no arguments.
            if isinstance(one, ast.Call) and one.keywords and called.lower().endswith("environment"):
                given = {each.arg: ast.unparse(each.value) for each in one.keywords}
                made.append((place.name, given.get("autoescape"), given.get("finalize")))
    assert made == [
        ("markdown.py", "False", "escaped_only"),
        ("html.py", "True", None),
        ("own_template.py", "True", None),
        ("templates.py", "autoescape", "finalize"),
    ]
    for place in sorted((ROOT / "templates").glob("*.j2")):
        assert not re.search(r"\|\s*safe\b|autoescape", place.read_text(encoding="utf-8")), place


def test_data_in_drawings_stays_text(told: Told, log: str, tmp_path: Path) -> None:
    class Drawn(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.depth = 0
            self.seen: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.depth += tag == "svg"
            if self.depth:
                self.seen |= {tag, *(f"@{name}" for name, _ in attrs)}

        def handle_endtag(self, tag: str) -> None:
            self.depth -= tag == "svg"

    drawn = []
    for text in ("harmless", *HTML, "</text></svg><img src=x onerror=alert(1)>", "]]><script>alert(1)"):
        written(
            tmp_path, hostile(log, text).replace("kind: gauge", f"kind: gauge, components: {quoted(text)}")
        )
        written(tmp_path, hostile(log, text))
        reader = Drawn()
        reader.feed(told("render", "log.yaml", "--format", "html", "-o", "-").out)
        assert reader.depth == 0
        drawn.append(reader.seen)
    assert "text" in drawn[0]
    assert all(seen <= drawn[0] for seen in drawn[1:])


# Time

BACKTRACK = ("1 ", "18:20 to ", "after ", "0.", "a@", "should have ")
MORE = (
    "a", "1:", "2023-", "1,", "password=", "1", " ", "1.", "+1 2", "::", "://", "a:b@", "Bearer ", "sk-",
    "eyJ", "-----BEGIN ", "18:20 ", "about ", "within 1h ", "1h", "1h ", "T+", "\u00b1", "Europe/", "(",
    "1_", "1k to ", "e1", "%", "human error ", "the ", "\u00bd", "\u0661", "\u200b", "-", "&", "&amp;", "~",
    "AKIA", "a.internal ", "tel:", "x" * 99 + " ",
)  # fmt: skip


@pytest.mark.parametrize("piece", BACKTRACK + (MORE if os.environ.get("POSTMORTEM_LONG") else ()))
def test_patterns_that_backtrack_are_none(told: Told, log: str, tmp_path: Path, piece: str) -> None:
    """The rules of language and privacy, times, lengths, quantities: 64 KB in each of five fields at once."""
    field = quoted(piece * (64_000 // len(piece.encode())))
    text = (
        log.replace("users: 40", f"users: {field}")
        .replace("at: 09:41", f"at: {field}")
        .replace("Many cannot.", field)
        .replace("date: 2026-03-01", f"date: {field}\napprox: {field}")
    )
    began = time.process_time()
    told_of = codes(told, text, tmp_path)
    assert time.process_time() - began < 4  # what takes the square of its length takes minutes
    assert told_of and "PM113" not in told_of


# Files


def test_a_torn_file_is_left_by_no_kill_and_no_full_disk(tmp_path: Path) -> None:
    """One command over a file that stands there; the others are in tests/safety/test_files_broken.py."""
    (one,) = broken(tmp_path, "--command", "explain PM205", "--kinds", "kill,ENOSPC,short")
    assert one["problems"] == []
    ends = {kind.split()[0] + (" ok" if kind.endswith(" 0") else "") for kind in one["faults"]}
    assert {"kill", "ENOSPC", "short"} <= ends


# Numbers, addresses, letters


def test_not_a_number_is_in_no_output(told: Told, log: str, tmp_path: Path) -> None:
    most = "9" * 15
    series = f"series: [{{measure: users, source: pager, points: [[09:15, {most}], [09:25, {most}]]}}]\n"
    for number in ("1e999", "NaN", ".inf", "-.INF", ".nan", "1e309", most):
        written(tmp_path, log.replace("users: 40", f"users: {number}") + series.replace(most, number))
        ran = told("check", "log.yaml", "--format", "json")
        if number != most and '"PM207"' in ran.out:
            continue
        for (_, form), made in outputs(told).items():
            if form == "json":
                json.loads(made, parse_constant=lambda word: pytest.fail(word))
            assert not re.search(r"(?i)\b(?:nan|inf|infinity)\b", re.sub(r"<[^>]*>", "", made)), form


@pytest.mark.parametrize(
    "field",
    ["links: [{title: L, url: %s}]\n", "actions: [{title: A, url: %s}]\n", "related: [%s]\n"],
)
def test_an_address_with_a_script_is_a_link_nowhere(told: Told, log: str, tmp_path: Path, field: str) -> None:
    for address in (
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "vbscript:x",
    ):
        written(tmp_path, log + field % quoted(address))
        ran = told("check", "--format", "json", "log.yaml")
        assert found(ran) or field.startswith("related")
        for form in ("html", "md"):
            ran = told("render", "log.yaml", "--format", form, "-o", "-")
            assert not re.search(rf'(?i)(?:href="|\]\(<?){re.escape(address)}', ran.out), (address, form)


ODD = {
    "a pair of surrogates, escaped": ('"a\\ud83d\\ude00b"', "PM108"),
    "half of a pair": ('"a\\ud800b"', "PM108"),
    "no character": ("a\uffffb", "PM108"),
    "no character of a far plane": ("a\U0001fffeb", "PM108"),
    "a mark of byte order inside": ("a\ufeffb", "PM108"),
    "an Arabic mark": ("a\u061cb", "PM108"),
    "a tag": ("a\U000e0041b", ""),
    "no width": ("a\u200b\u200d\u2060b", ""),
    "an accent apart": ("e\u0301", ""),
    "a hundred accents": ("a" + "\u0301" * 100, ""),
    "for private use": ("a\ue000b\U0010fffdc", ""),
    "a letter that grows in capitals": ("\u00df\ufb03\u0130", ""),
    "wide signs of a workflow command": ("\uff1a\uff1aerror\uff1a\uff1ax", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_odd_letters_are_refused_or_shown_whole(told: Told, log: str, tmp_path: Path, what: str) -> None:
    text, code = ODD[what]
    written(tmp_path, log.replace("Logins fail", text))
    told_of = {str(one["code"]) for one in found(told("check", "--format", "json", "log.yaml"))}
    assert told_of == ({code} if code else set())
    if not code:
        made = outputs(told)
        assert json.loads(made["render", "json"])["title"] == text
        assert f"<title>{text}" in made["render", "html"]
        for (command, form), shown in made.items():
            if form == "text":
                assert_harmless(shown, (command, form))


# Times as values and as keys

TIMES = (
    *(f"{hour}:{minute}" for hour in range(24) for minute in ("00", "05", "20")),
    *(f"{hour:02}:{minute}" for hour in range(10) for minute in ("05", "20")),
    *(f"{hour:02}:{minute}" for hour in range(24) for minute in ("05:06", "20:59", "5", "20.5")),
    *("1:2:3", "190:20:30", "+18:20", "-18:20", "1_0:20", "0:0", "18:60", "24:00", "18:20:00.5"),
    *("2024-02-30", "2024-02-03", "2024-2-3", "2024-02-03T18:20:00Z", "2024-02-03 18:20", "0o14", "014"),
    *("12e03", "-2E+05", "1.", ".5", "6.8523015e+5", "0x_0A_74_AE", "Yes", "no", "OFF", "N", "TRUE", "NULL"),
    *("=", "<<", ".inf", "-.INF", ".NaN", "1,000", "18.20", "18h20"),
)  # fmt: skip


@pytest.mark.parametrize("marks", ["", "'", '"'])
def test_a_time_as_value_or_key_keeps_its_spelling(told: Told, log: str, tmp_path: Path, marks: str) -> None:
    assert len(set(TIMES)) == len(TIMES) > 200
    times = [one for one in TIMES if marks or one not in ("=", "<<", "NULL")]  # `<<` is refused
    head = log[: log.index("timeline:")]
    events = "".join(f"  - what: {marks}{one}{marks}\n    at: 09:14\n" for one in times)
    written(tmp_path, f"{head}timeline:\n{events}")
    made = json.loads(told("timeline", "log.yaml", "--format", "json").out)
    assert sorted(one["what"] for one in made["events"]) == sorted(times)
    told_of = "".join(f"{marks}{one}{marks}: x\n" for one in times)
    written(tmp_path, log + told_of)
    said = [str(one["message"]) for one in found(told("check", "--format", "json", "log.yaml"))]
    assert [one for one in times if not any(f"`{one}`" in each for each in said)] == []
