"""The attack table of the safety contract, row by row, against the real command line.

Each test is named after its attack. The pieces of a defence have their own, finer tests on their floor; what
is shown here is that no way from a hostile log to an output goes round them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from html import unescape
from pathlib import Path

import pytest

from postmortem.ground.characters import forbidden_in
from tests.conftest import Ran
from tests.safety.conftest import Told, written

BIDI = "\u202e\u2066\u200f"
ANSI = "\x1b[31m\x1b]0;owned\x07\x9b2J"
OUTPUTS = [
    *(("timeline", form) for form in ("text", "json", "md", "csv", "ics", "mermaid")),
    *(("metrics", form) for form in ("text", "json", "md", "csv")),
    *(("render", form) for form in ("html", "md", "json")),
]


def found(ran: Ran) -> list[dict[str, object]]:
    """Return the findings of a `check --format json`, after proving that it is an answer and no crash."""
    assert ran.code in (0, 1), ran.err
    told: list[dict[str, object]] = json.loads(ran.out)["diagnostics"]
    return told


def codes(told: Told, text: str, folder: Path) -> set[str]:
    written(folder, text)
    return {str(one["code"]) for one in found(told("check", "--format", "json", "log.yaml"))}


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def hostile(log: str, text: str) -> str:
    """Return the log with a text in every field of words, and so in every output."""
    said = quoted(text)
    return (
        log.replace("title: Logins fail", f"title: {said}\nsummary: {said}\nimpact: {said}")
        .replace("title: Users, unit: users", f"title: {said}, unit: {said}")
        .replace("title: The pager", f"title: {said}, note: {said}")
        .replace(
            "what: Logins begin to fail.", f"what: {said}, stated: {said}, quote: {{by: x, text: {said}}}"
        )
        .replace("what: Many cannot.", f"what: {said}")
    )


def links_of(markdown: str) -> list[str]:
    """Return where the links and images of a Markdown text lead, by a parser that allows any."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda _: True  # type: ignore[method-assign,assignment]
    tokens = [inner for one in parser.parse(markdown) for inner in (one, *(one.children or ()))]
    return [
        str(one.attrGet("href") or one.attrGet("src")) for one in tokens if one.type in ("link_open", "image")
    ]


def outputs(told: Told, *only: str) -> dict[tuple[str, str], str]:
    """Return every output of log.yaml, or those of some forms."""
    made = {}
    for command, form in OUTPUTS:
        if not only or form in only:
            ran = told(command, "log.yaml", "--format", form, *(["-o", "-"] if command == "render" else []))
            assert ran.code == 0, (command, form, ran.err)
            made[command, form] = ran.out
    return made


# Texts that change their meaning


@pytest.mark.parametrize("clock", ["18:20", "08:05", "'18:20'", '"18:20"', "18:20:00"])
def test_a_time_of_base_sixty_stays_a_time(told: Told, log: str, tmp_path: Path, clock: str) -> None:
    written(tmp_path, log.replace("09:14", clock).replace("kind: impact", "kind: note"))
    assert "PM205" not in codes(told, log.replace("09:14", clock), tmp_path)
    written(tmp_path, log.replace("09:14", clock).replace("kind: impact", "kind: note"))
    shown = told("timeline", "log.yaml").out
    assert clock.strip("'\"") in shown
    assert "1100" not in shown
    assert "00:18" not in shown


@pytest.mark.parametrize(
    "word", ["NO", "on", "1.10", "0123", "1234e567", "0x1f", "~", "null", "2024-02-30", "1_0"]
)
def test_a_word_that_yaml_would_type_stays_as_it_is(told: Told, log: str, tmp_path: Path, word: str) -> None:
    written(tmp_path, log.replace("Logins fail", word))
    assert json.loads(told("render", "log.yaml", "--format", "json", "-o", "-").out)["title"] == word


@pytest.mark.parametrize("date", ["2024-02-30", "0000-00-00", "9" * 100_000])
def test_a_date_that_is_none_is_a_finding(told: Told, log: str, tmp_path: Path, date: str) -> None:
    assert "PM211" in codes(told, log.replace("2026-03-01", date), tmp_path)


@pytest.mark.parametrize(
    "number", ["9" * 1_000_000, "1e999999999", "1e-999999999", "9" * 400 + "k", "NaN", "inf", "-inf"]
)
def test_a_huge_or_endless_number_is_a_finding(told: Told, log: str, tmp_path: Path, number: str) -> None:
    began = time.process_time()
    assert codes(told, log.replace("users: 40", f"users: {number}"), tmp_path) & {"PM207", "PM109", "PM216"}
    assert time.process_time() - began < 2


# The loader


def test_duplicate_keys_name_both_lines(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log.replace("status: resolved", "status: resolved\ntitle: Another"))
    (one,) = found(told("check", "--format", "json", "log.yaml"))
    assert one["code"] == "PM102"
    assert one["line"] == 6
    assert '"line": 2' in json.dumps(one)


def test_an_alias_bomb_is_refused_and_never_opened(told: Told, log: str, tmp_path: Path) -> None:
    bomb = "x-a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
        f"x-{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.process_time()
    assert "PM104" in codes(told, log + bomb, tmp_path)
    plain = told("check", "log.yaml")
    assert len(plain.out) < 200_000
    assert time.process_time() - began < 3


def test_a_merge_key_bomb_is_refused(told: Told, log: str, tmp_path: Path) -> None:
    bomb = "x-0: &a0 {k: v}\n" + "".join(
        f"x-{n + 1}: &a{n + 1}\n  <<: [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(12)
    )
    began = time.process_time()
    assert {"PM104", "PM105"} & codes(told, log + bomb, tmp_path)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_a_million_levels_of_nesting_do_not_crash(told: Told, tmp_path: Path, opening: str) -> None:
    assert codes(told, opening * 1_000_000, tmp_path) <= {"PM109", "PM101"}


def test_a_file_past_the_bounds_is_refused(told: Told, log: str, tmp_path: Path) -> None:
    assert codes(told, log + "#" * (16 << 20), tmp_path) == {"PM109"}
    assert "PM109" in codes(told, log + "x-many:\n" + "- a\n" * 200_100, tmp_path)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [touch owned]", "!!int 7", "!x y", "!<tag:x> y"]
)
def test_tags_are_refused(told: Told, log: str, tmp_path: Path, tag: str) -> None:
    assert "PM103" in codes(told, log + f"x-tagged: {tag}\n", tmp_path)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x07", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", *BIDI])
def test_a_control_character_is_refused_with_its_place(
    told: Told, log: str, tmp_path: Path, sign: str
) -> None:
    for text in (
        log.replace("Logins fail", f"Logins{sign} fail"),
        log.replace("Logins fail", quoted(f"a\\u{ord(sign):04x}").replace("\\\\", "\\")),
    ):
        written(tmp_path, text)
        told_of = [
            one for one in found(told("check", "--format", "json", "log.yaml")) if one["code"] == "PM108"
        ]
        assert told_of, (sign, text)
        assert told_of[0]["line"] == 2
        assert f"U+{ord(sign):04X}" in str(told_of[0]["message"])


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\x80", b"\xf8\x88\x80\x80\x80"]
)
def test_bad_utf_8_is_refused_with_its_place(told: Told, log: str, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "log.yaml").write_bytes(log.encode().replace(b"Logins fail", b"Logins " + data))
    (one,) = [one for one in found(told("check", "--format", "json", "log.yaml")) if one["code"] == "PM107"]
    assert (one["line"], one["column"]) == (2, 15)


# Reports


HTML = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "<base href=//evil>",
    "<meta http-equiv=refresh content=0;url=//evil>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
)


def test_html_in_texts_stays_text(told: Told, log: str, tmp_path: Path) -> None:
    from html.parser import HTMLParser

    class Seen(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: set[str] = set()
            self.attributes: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.add(tag)
            self.attributes.update(name for name, _ in attrs)

    for text in HTML:
        written(tmp_path, hostile(log, text))
        (page,) = outputs(told, "html").values()
        seen = Seen()
        seen.feed(page)
        assert not seen.tags & {"img", "iframe", "base", "object", "embed", "math", "form", "link"}, text
        assert not {name for name in seen.attributes if name.startswith("on")}, text
        assert page.count("<script") <= 2, text
        assert "7*7" in page or "{{" not in text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "blob:x",
        "vscode://x",
        "//evil.example",
        "https://user@evil.example",
        "\\\\evil",
        "file:///etc/passwd",
        "java&#10;script:x",
        "javascript&colon;x",
    ],
)
def test_links_lead_only_where_the_allow_list_says(
    told: Told, log: str, tmp_path: Path, address: str
) -> None:
    written(tmp_path, hostile(log, f"[press]({address}) <{address}> ![x]({address})"))
    for form, text in outputs(told, "html", "md").items():
        led = re.findall(r'(?:href|src)="?([^">\s]+)', text) if form[1] == "html" else links_of(text)
        for one in led:
            assert not re.match(r"(?i)\s*(?:javascript|data|blob|vscode|file|//|\\|https://user@)", one), (
                form,
                one,
            )
    if "&" in address:  # in YAML that is no character reference: a relative address, and written as one
        return
    written(tmp_path, log.replace("title: The pager", f"title: The pager, url: {quoted(address)}"))
    assert "PM222" in {one["code"] for one in found(told("check", "--format", "json", "log.yaml"))}


def test_remote_images_are_not_fetched(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, hostile(log, "![seen](https://evil.example/beacon.png)"))
    (page,) = outputs(told, "html").values()
    assert "<img" not in page
    assert not re.search(r'(?:src|srcset|poster|background)="?https?:', page)


def test_the_page_says_its_policy_before_anything_else(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    (page,) = outputs(told, "html").values()
    head = unescape(page[:900]).lower()
    assert head.index("charset") < head.index("content-security-policy") < head.index("<title")
    assert "default-src 'none'" in head
    assert "unsafe-" not in head


@pytest.mark.parametrize(
    "text", ["a | b | c", "# x", "x\n\n# y\n", "```\nx", "| --- |", "- x\n- y", "<!-- x", "---", "\\"]
)
def test_the_structure_of_markdown_holds(told: Told, log: str, tmp_path: Path, text: str) -> None:
    from markdown_it import MarkdownIt

    def shape(markdown: str) -> list[str]:
        tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
        return [
            one.type + one.tag
            for one in tokens
            if one.type in ("heading_open", "tr_open", "td_open", "fence")
        ]

    shapes = []
    for put in ("harmless", text):
        written(
            tmp_path,
            hostile(log, "x")
            .replace('"x"', '"harmless"')
            .replace('what: "harmless"', f"what: {quoted(put)}"),
        )
        shapes.append([shape(made) for made in outputs(told, "md").values()])
    assert shapes[0] == shapes[1]


def test_mentions_and_closing_words_do_not_act(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, hostile(log, "cc @org/team fixes #1 GH-2 org/repo#3"))
    for form, text in outputs(told, "md").items():
        bare = re.sub(r"`[^`]*`", "", text)
        assert not re.search(r"(?<![\w\\&])@org", bare), form
        assert not re.search(r"(?i)fixes #1", bare), form


# Consoles


WORKFLOW = (
    "::error file=x::owned",
    "x ##[error]owned",
    "x ##vso[task.setvariable]y",
    "::set-output name=a::b",
    "::stop-commands::x",
)


@pytest.mark.parametrize("text", WORKFLOW)
def test_workflow_commands_in_a_console_are_broken_up(
    told: Told, log: str, tmp_path: Path, text: str
) -> None:
    written(tmp_path, hostile(log, text))
    for (command, form), shown in outputs(told, "text").items():
        assert_harmless(shown, (command, form))
    written(tmp_path, hostile(log, text) + f"{quoted(text)}: x\n")
    for form in ("text", "concise"):
        ran = told("check", "log.yaml", "--format", form)
        assert ran.code == 1
        assert_harmless(ran.out + ran.err, form)
    for thing in ("errors", "size", text):
        ran = told("explain", "log.yaml", thing)
        assert_harmless(ran.out + ran.err, thing)


def assert_harmless(shown: str, of: object) -> None:
    assert not re.search(r"^\s*::\w", shown, re.MULTILINE), (of, shown)
    assert not re.search(r"##(?:vso)?\[", shown), (of, shown)
    assert forbidden_in(shown) is None, (of, shown)


def test_ansi_never_reaches_a_console_from_a_log(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log.replace("Logins fail", f"Logins {ANSI}fail"))
    for form in ("text", "concise"):
        ran = told("check", "log.yaml", "--format", form)
        assert ran.code == 1
        assert_harmless(ran.out + ran.err, form)


NAMES = (
    "a\n::error::owned.yaml",
    "a\x1b[31m.yaml",
    "a ##[error]b.yaml",
    f"a{BIDI}.yaml",
    "-n.yaml",
    "a'b\"c`$(id).yaml",
    "a;b|c&d.yaml",
    "ä ö.yaml",
    "a\udcff.yaml",
    "<b>&amp;.yaml",
    "=1+1.yaml",
)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_name_does_not_act(told: Told, log: str, tmp_path: Path, name: str) -> None:
    try:
        written(tmp_path, log, name)
    except OSError:
        pytest.skip("this file system takes no such name")
    written(tmp_path, log.replace("09:14", "09:1O"), "bad-" + name)
    there = f"./{name}"
    for arguments in (
        ("check", there),
        ("check", f"./bad-{name}"),
        ("check", "--format", "json", there),
        ("check", "--format", "sarif", f"./bad-{name}"),
        ("check", "--format", "concise", f"./bad-{name}"),
        ("check", "--format", "gitlab", f"./bad-{name}"),
        ("check", "--format", "rdjson", f"./bad-{name}"),
        ("check", f"./gone-{name}"),
        ("check", "."),
        ("render", there),
        ("render", "."),
        ("render", there, "-o", "-", "--format", "html"),
        ("render", there, "-o", "-", "--format", "md"),
        ("render", there, "-o", "-", "--format", "json"),
        ("timeline", there),
        ("timeline", there, "--format", "ics"),
        ("timeline", there, "--format", "csv"),
        ("timeline", there, "--format", "md"),
        ("metrics", there, there),
        ("metrics", "."),
        ("explain", there, "errors"),
        ("fmt", "--check", there),
        ("fmt", "--diff", there),
        ("fmt", there),
        ("timeline", f"./bad-{name}"),
        ("timeline", f"./gone-{name}"),
        ("render", f"./gone-{name}"),
        ("render", there, "-o", f"./{name}"),
        ("timeline", there, "-o", f"no/{name}"),
        ("check", "--format", name, there),
        ("timeline", "--zone", name, there),
        (name,),
        ("--" + name,),
        ("explain", there, name),
        ("render", there, there),
        ("new", name),
        ("new", f"{name}/x"),
        ("timeline", "--as-of", name, there),
        ("check", "--ignore", name, there),
        ("check", "--now", name, there),
        ("diff", there, f"./bad-{name}"),
        ("diff", there, there),
        ("check", there, "--silent-gap", name),
    ):
        ran = told(*arguments)
        assert ran.code in (0, 1, 2), (arguments, ran.err)
        data = "--format" in arguments and "concise" not in arguments
        if not data:
            assert_harmless(ran.out + ran.err, arguments)
        else:
            assert_harmless(ran.err, arguments)
        if arguments[0] == "check" and data and ran.code < 2 and name not in arguments:
            json.loads(ran.out)


# Tables and figures


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        " =1+1",
        "\t=1",
    ],
)
def test_csv_formulas_do_not_run(told: Told, log: str, tmp_path: Path, text: str) -> None:
    written(tmp_path, hostile(log, text.replace("\t", "\\t")) if "\t" not in text else hostile(log, text))
    for form, made in outputs(told, "csv").items():
        for row in csv.reader(io.StringIO(made, newline=""), strict=True):
            for cell in row:
                bare = cell.lstrip(" \u00a0")
                assert (
                    bare[:1] not in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
                    or not bare
                    or re.fullmatch(r"[+-]?[\d.]+", cell)
                ), (form, cell)


SERIES = "\nseries: [{measure: users, source: pager, file: data.%s}]\n"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("csv", 'time,value\n09:15,"1\n09:16,2\n'),
        ("csv", "time,value\n09:15,NaN\n"),
        ("csv", "time,value\n09:15,inf\n"),
        ("csv", "time,value\n09:15,\u0663\n"),
        ("csv", "time,time\n09:15,1\n"),
        ("csv", "time,value\n09:15\n"),
        ("csv", "time,value\n09:15,1,2\n"),
        ("csv", "time,value\n09:15,1\0\n"),
        ("csv", ""),
        ("csv", "time,value\n09:15,1e999999\n"),
        ("csv", "time,value\n09:15," + "9" * 200_000 + "\n"),
        ("jsonl", '{"time": "09:15", "value": NaN}\n'),
        ("jsonl", '{"time": "09:15", "value": Infinity}\n'),
        ("jsonl", '{"time": "09:15", "value": 1, "value": 2}\n'),
        ("jsonl", '{"time": "09:15", "value": 1e999}\n'),
        ("jsonl", "[" * 100_000 + "\n"),
        ("jsonl", '{"time": "09:15", "value": ' + "9" * 100_000 + "}\n"),
        ("jsonl", "{}\n[]\nnull\n"),
        ("parquet", "PAR1" + "x" * 50 + "PAR1"),
    ],
)
def test_csv_and_json_oddities_are_findings(
    told: Told, log: str, tmp_path: Path, kind: str, data: str
) -> None:
    (tmp_path / f"data.{kind}").write_text(data, encoding="utf-8")
    if kind == "parquet":
        pytest.importorskip("pyarrow")
    assert codes(told, log + SERIES % kind, tmp_path) & {"PM219", "PM220"}


@pytest.mark.parametrize(
    "file",
    [
        "/etc/passwd",
        "../secret.csv",
        "a/../../secret.csv",
        "link.csv",
        "linked/secret.csv",
        "//x/y.csv",
        "C:\\x.csv",
        "C:/x.csv",
        "~/x.csv",
        "..\\secret.csv",
        "CON.csv",
        "nul",
        "pipe.csv",
        ".",
        "",
        "a\\u0000.csv",
    ],
)
def test_a_data_file_out_of_the_folder_is_not_read(told: Told, log: str, tmp_path: Path, file: str) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (tmp_path / "secret.csv").write_text("time,value\n09:15,4711\n", encoding="utf-8")
    (inner / "link.csv").symlink_to("../secret.csv")
    (inner / "linked").symlink_to("..")
    os.mkfifo(inner / "pipe.csv")
    name = file if "u0000" in file else file.replace("\\", "\\\\")
    written(inner, f'{log}\nseries: [{{measure: users, source: pager, file: "{name}"}}]\n')
    ran = told("check", "--format", "json", "in/log.yaml")
    assert {one["code"] for one in found(ran)} & {"PM219", "PM108", "PM202", "PM221"}, ran.out
    assert "4711" not in ran.out


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_log_that_is_a_link_out_of_the_folder_is_not_read(told: Told, log: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token: hunter2\n", encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    written(inner, log, "good.yaml")
    (inner / "beside.yaml").symlink_to("good.yaml")
    (inner / "evil.yaml").symlink_to("../secret")
    ran = told("check", "in")
    assert "hunter2" not in ran.out + ran.err
    assert ran.code == 2
    assert "evil.yaml" in ran.out
    assert "beside.yaml" not in ran.out
    (inner / "evil.yaml").unlink()
    assert told("check", "in").code == 0


# Time


SLOW = (
    "[",
    "*a **b",
    "`",
    "![](",
    "<",
    "~~a",
    "> ",
    "- ",
    "_a_ ",
    "[a](",
    "&amp;",
    "||",
    "(",
    "\\",
    "a_",
    "1. ",
    "#",
    "[[",
    "]",
    "<a ",
    "&",
    "*",
    "**_",
    ":",
    "::",
    "\u0661",
    "\u200b",
)


@pytest.mark.parametrize("piece", SLOW)
def test_slow_markdown_is_not_slow(told: Told, log: str, tmp_path: Path, piece: str) -> None:
    field = quoted(piece * (65_000 // len(piece.encode())))
    written(tmp_path, log.replace("Logins fail", f"x\nsummary: {field}\nimpact: {field}"))
    began = time.process_time()
    assert told("check", "log.yaml").code in (0, 1)
    outputs(told, "html", "md")
    assert time.process_time() - began < 10


# Direction of text


TURNS = "\u202egnp.exe \u2066abc \u200fx"


@pytest.mark.parametrize("way", ["option", "environment", "settings"])
def test_direction_controls_come_in_only_where_they_are_let_in(
    told: Told, log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    written(tmp_path, hostile(log, TURNS))
    assert "PM108" in {one["code"] for one in found(told("check", "--format", "json", "log.yaml"))}
    escaped = hostile(log, TURNS).encode("ascii", "backslashreplace").decode()
    (tmp_path / "in").mkdir()
    for text in (hostile(log, TURNS), escaped):
        written(tmp_path / "in", text)
        if way == "environment":
            monkeypatch.setenv("POSTMORTEM_BIDI", "1")
        elif way == "settings":
            (tmp_path / "in" / "postmortem.toml").write_text("bidi = true\n", encoding="utf-8")
        options = ["--bidi"] if way == "option" else []
        ran = told("check", "in/log.yaml", *options)
        assert ran.code == 0, ran.out
        for arguments in (("timeline", "in/log.yaml"), ("explain", "in/log.yaml", "errors")):
            ran = told(*arguments, *options)
            assert ran.code == 0, ran.err
            assert_harmless(ran.out, arguments)
        assert told("fmt", "--diff", "in/log.yaml", *options).code == 0
        page = told("render", "in/log.yaml", "--format", "html", "-o", "-", *options).out
        assert TURNS.split()[0] in page
        assert not_isolated(page) == []


def not_isolated(page: str) -> list[str]:
    """Return the texts of a page that turn their direction and are held by nothing.

    Each text of a drawing is a paragraph of its own, and what is turned ends with it.
    """
    from html.parser import HTMLParser

    loose: list[str] = []

    class Held(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[tuple[str, bool]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta", "link", "br", "hr", "img", "input", "col", "wbr"):
                self.open.append((tag, tag in ("bdi", "title", "script", "text") or "dir" in dict(attrs)))

        def handle_endtag(self, tag: str) -> None:
            while self.open and self.open.pop()[0] != tag:
                pass

        def handle_data(self, data: str) -> None:
            if set(data) & set(TURNS) & set("\u202e\u2066\u200f") and not any(held for _, held in self.open):
                loose.append(f"{'/'.join(tag for tag, _ in self.open)}: {data!r}")

    reader = Held()
    reader.feed(page)
    return loose


# Settings and themes


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[" * 100_000,
        "a = " + "[" * 100_000,
        "a." * 50_000 + "b = 1",
        "\0",
        "output = 1",
        "output = '/etc'",
        "output = '../x'",
        "output = '~/x'",
        'output = "a\\u0000b"',
        "strict = 'yes'",
        "zone = 7",
        "zone = '../../etc/passwd'",
        "zone = '/etc/localtime'",
        "format = ['exe']",
        "format = 'html'\nformat = 'md'",
        "\x1b[31m = 1",
        '"::error::x" = 1',
        '"##[error]x" = 1',
        "color = '##[error]x'",
        "zone = '##[error]x'",
        "ignore = ['PM205']",
        "ignore = ['../x']",
        "silent-gap = '##[error]'",
        "x" * 2_000_000,
    ],
)
def test_a_hostile_settings_file_is_one_sentence(told: Told, log: str, tmp_path: Path, text: str) -> None:
    written(tmp_path, log)
    (tmp_path / "postmortem.toml").write_text(text, encoding="utf-8")
    for arguments in (("check", "log.yaml"), ("render", "log.yaml"), ("timeline", "log.yaml")):
        ran = told(*arguments)
        assert ran.code in (0, 2), ran.err
        assert len(ran.err) < 2_000
        assert_harmless(ran.out + ran.err, arguments)
    assert {path.name for path in tmp_path.iterdir()} <= {"log.yaml", "postmortem.toml", "build"}
    assert not (tmp_path.parent / "x").exists()


def test_a_settings_file_that_cannot_be_read_is_one_sentence(told: Told, log: str, tmp_path: Path) -> None:
    written(tmp_path, log)
    (tmp_path / "postmortem.toml").write_bytes(b"\xff\xfe")
    assert told("check", "log.yaml").code == 2
