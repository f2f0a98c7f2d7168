"""Every code has a page, and every example on it is run: what triggers it does so, to the letter.

``UPDATE_PAGES=1`` writes the output of the examples into the pages, for a change that is meant.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postmortem.check import registry
from postmortem.check.facts import Rule
from postmortem.check.pages import folder, headline, page
from postmortem.ground.codes import CODES, ignorable

GOLDEN = Path(__file__).parent / "golden"
FORMS = ("concise", "json", "github", "gitlab", "sarif", "rdjson")
HEADINGS = ["What it says", "Why", "Triggers it", "Does not"]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EARLIER = ("PM1", "PM2", "PM3", "PM9")


def sections(text: str) -> dict[str, str]:
    """Return the sections of a page by their heading."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(section: str) -> dict[str, str]:
    """Return the fenced blocks of a section by their language."""
    return {found[1]: found[2] for found in _BLOCK.finditer(section)}


Show = Callable[..., tuple[list[str], str]]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Run the example of a section in an empty folder; return its codes and its text output."""
    from postmortem.cli.findings import worded
    from postmortem.cli.inputs import judge_all
    from postmortem.report.findings.examined import Examined
    from postmortem.report.findings.forms import findings_as

    def add_rule(rule: Rule) -> None:
        monkeypatch.setattr("postmortem.check.check.RULES", (*registry.RULES, rule))

    def break_stage(stage: Callable[..., object]) -> None:
        monkeypatch.setattr("postmortem.flow.measure", stage)

    def shown(code: str, section: str, form: str = "text") -> tuple[list[str], str]:
        monkeypatch.chdir(tmp_path)
        example = blocks(section)
        if "yaml" in example:
            Path("log.yaml").write_text(example["yaml"], encoding="utf-8", newline="\n")
        names: dict[str, Any] = {}
        if "python" in example:
            names = {
                "__name__": "example",
                "folder": tmp_path,
                "add_rule": add_rule,
                "break_stage": break_stage,
            }
            exec(compile(example["python"], f"{code}.md", "exec"), names)
        from postmortem.ground.record import replace
        from postmortem.ground.settings import STANDARD_POLICY

        policy = replace(STANDARD_POLICY, today=names.get("today"))
        if "time_budget" in names:
            policy = replace(policy, time_budget=names["time_budget"])
        judged = []
        monkeypatch.setattr("postmortem.cli.inputs.policy_for", lambda _: policy)
        for _, each in judge_all(["log.yaml"], names.get("audience", "internal")):
            kept = tuple(one for one in each.diagnostics if one.code.startswith(_EARLIER) or one.code == code)
            judged.append(replace(each, diagnostics=kept))
        codes = [one.code for each in judged for one in each.diagnostics]
        if form == "text":
            return codes, worded(judged, "text", "never", to_file=True)
        files = [Examined(each.file, each.source, each.diagnostics) for each in judged]
        return codes, findings_as(form, files)

    return shown


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(path.stem for path in folder().glob("PM*.md")) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_has_the_parts_that_all_pages_have(code: str) -> None:
    text = page(code)
    lines = text.splitlines()
    assert lines[0] == f"# {headline(code)}"
    assert lines[2] == f"Severity: {CODES[code].severity}"
    assert lines[4] == CODES[code].title
    expected = HEADINGS + (["Switch it off"] if ignorable(code) else [])
    assert list(sections(text)) == expected
    assert set(blocks(sections(text)["Triggers it"])) >= {"text"}
    assert "text" not in blocks(sections(text)["Does not"])


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_triggers_a_rule_is_answered_to_the_letter(code: str, show: Show) -> None:
    section = sections(page(code))["Triggers it"]
    codes, output = show(code, section)
    if os.environ.get("UPDATE_PAGES"):
        _rewrite(code, section, output)
        section = sections(page(code))["Triggers it"]
    assert codes == [code]
    assert blocks(section)["text"] == output


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_other_forms_of_the_answer_are_the_same_to_the_letter(code: str, show: Show) -> None:
    section = sections(page(code))["Triggers it"]
    answers = {form: _without_page(form, show(code, section, form)[1]) for form in FORMS}
    written = "".join(f"==> {form} <==\n{answer}" for form, answer in answers.items())
    golden = GOLDEN / f"{code}.txt"
    if os.environ.get("UPDATE_PAGES"):
        golden.write_text(written, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == written


def test_every_golden_answer_has_its_code() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*")) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_does_not_trigger_it_has_no_finding(code: str, show: Show) -> None:
    codes, output = show(code, sections(page(code))["Does not"])
    assert codes == [], output


@pytest.mark.parametrize("code", sorted(code for code in CODES if ignorable(code)))
def test_what_can_be_switched_off_is_off_where_the_page_says_so(code: str, show: Show) -> None:
    off = blocks(sections(page(code))["Switch it off"])
    assert f"ignore: [{code}]" in off["yaml"]
    example = blocks(sections(page(code))["Triggers it"])
    both = f"```yaml\n{example['yaml']}{off['yaml']}```\n"
    script = f"```python\n{example['python']}```\n" if "python" in example else ""
    codes, output = show(code, script + both)
    assert codes == []
    assert "1 finding switched off by `checks`" in output


def _without_page(form: str, answer: str) -> str:
    """Return an answer without what has tests of its own: the pages in SARIF, and our version."""
    if form != "sarif":
        return answer
    told = json.loads(answer)
    driver = told["runs"][0]["tool"]["driver"]
    for rule in driver["rules"]:
        assert rule.pop("help")["text"] == page(rule["id"])
    del driver["semanticVersion"]
    return json.dumps(told, ensure_ascii=False) + "\n"


def _rewrite(code: str, section: str, output: str) -> None:
    path = folder() / f"{code}.md"
    block = f"```text\n{output}```"
    new = _BLOCK.sub(lambda found: block if found[1] == "text" else found[0], section)
    path.write_text(path.read_text(encoding="utf-8").replace(section, new), encoding="utf-8", newline="\n")
