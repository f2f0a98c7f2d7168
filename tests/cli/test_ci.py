"""`postmortem ci github` with a real git repository, payloads as GitHub sends them, and an API of our own."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.git_repository import Git, new_repository
from tests.cli.test_diff import BAD, LOG, MOVED
from tests.conftest import ROOT, Ran, Run

MARKER = "<!-- postmortem review -->"


@dataclass
class Api:
    """What the API was asked, and the comments that it holds."""

    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refuse: int = 0


@pytest.fixture
def api() -> Iterator[Api]:
    state = Api()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            state.asked.append((self.command, self.path))
            state.tokens.add(self.headers["Authorization"])
            size = int(self.headers.get("Content-Length") or 0)
            payload: dict[str, Any] = json.loads(self.rfile.read(size)) if size else {}
            if state.refuse:
                self.send_response(state.refuse)
                if state.refuse == 302:
                    self.send_header("Location", "http://localhost:1/elsewhere")
                self.end_headers()
                return
            told: Any = {}
            if self.command == "GET":
                page = int(self.path.rpartition("page=")[2])
                told = state.comments[(page - 1) * 100 : page * 100]
            elif self.command == "POST":
                state.comments.append({"id": 900, "user": {"login": "github-actions[bot]"}, **payload})
            elif self.command == "PATCH":
                number = int(self.path.rpartition("/")[2])
                next(one for one in state.comments if one["id"] == number).update(payload)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Workflow:
    """A checked out pull request whose base has one log, and one run of the action's command in it."""

    run: Run
    folder: Path
    git: Git
    base: str

    def __call__(self, api: Api | None = None, *, fork: bool = False, event: Any = None, **env: str) -> Ran:
        payload = request(self.base, fork=fork) if event is None else event
        (self.folder.parent / "event.json").write_text(json.dumps(payload), encoding="utf-8")
        outside = {
            "GITHUB_EVENT_PATH": str(self.folder.parent / "event.json"),
            "GITHUB_STEP_SUMMARY": str(self.folder.parent / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder.parent / "output.txt"),
            "POSTMORTEM_CI_OUTPUT": str(self.folder.parent / "out"),
            "POSTMORTEM_CI_COMMENT": "true" if api else "false",
            "GITHUB_API_URL": api.address if api else "https://api.invalid",
            "GITHUB_TOKEN": "a-token",
        }
        return self.run("ci", "github", cwd=self.folder, env=outside | env)

    def said(self, name: str) -> str:
        return (self.folder.parent / name).read_text(encoding="utf-8")


def request(base: str, *, fork: bool = False) -> dict[str, Any]:
    """A pull_request event, with the keys of GitHub's that matter here and some that do not."""
    own = {"full_name": "example/logs", "fork": False}
    other = {"full_name": "stranger/logs", "fork": True}
    return {
        "action": "synchronize",
        "number": 7,
        "pull_request": {
            "number": 7,
            "title": "$(touch stolen) `touch stolen`",
            "base": {"ref": "main", "sha": base, "repo": own},
            "head": {"ref": "x; touch stolen", "sha": "0" * 39 + "1", "repo": other if fork else own},
        },
        "repository": own,
        "sender": {"login": "someone", "type": "User"},
    }


@pytest.fixture
def workflow(run: Run, tmp_path: Path) -> Workflow:
    folder = tmp_path / "checkout"
    git = new_repository(folder)
    (folder / "incidents").mkdir()
    (folder / "incidents/log.yaml").write_text(LOG, encoding="utf-8")
    (folder / "settings.yaml").write_text("a: 1\n", encoding="utf-8")
    base = git.commit()
    git("checkout", "--quiet", "-b", "branch")
    return Workflow(run, folder, git, base)


def test_findings_without_number_leave_room_for_the_text_in_the_summary(workflow: Workflow) -> None:
    for number in range(6):  # past 1,000 findings of a kind a log's are counted
        events = "".join(
            f"  - {{id: x{one}, at: 18:2O, what: {'w' * 60}, source: s}}\n" for one in range(1_000)
        )
        log = LOG.replace("timeline:\n", f"timeline:\n{events}")
        (workflow.folder / f"incidents/many{number}.yaml").write_text(log, encoding="utf-8")
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    assert workflow().code == 1
    summary = workflow.said("summary.md")
    assert 950_000 < len(summary.encode("utf-8")) < 1_000_000
    assert " more findings cut: the log of the step has them." in summary
    assert "1 event moved" in summary.partition(" more findings cut")[2]


def test_a_moved_event_is_checked_told_and_commented(workflow: Workflow, api: Api) -> None:
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    (workflow.folder / "settings.yaml").write_text("a: 2\n", encoding="utf-8")
    workflow.git.commit()
    done = workflow(api)
    assert done.code == 0, done.err
    assert done.out.endswith("comment posted\n")
    assert "logs=1\nreports=1\nerrors=0\n" in workflow.said("output.txt")
    assert "**1 event moved" in workflow.said("summary.md")
    assert "Logins fail" in workflow.said("out/reports/incidents-log.html")
    (comment,) = api.comments
    assert comment["body"].startswith(f"{MARKER}\n### postmortem review · ")
    assert api.tokens == {"Bearer a-token"}
    assert workflow(api).out.endswith("comment unchanged\n")
    (workflow.folder / "incidents/log.yaml").write_text(LOG, encoding="utf-8")
    assert workflow(api).out.endswith("comment updated\n")
    assert "no log changed" in comment["body"]
    assert not (workflow.folder / "stolen").exists()


def test_reports_are_made_as_the_settings_ask(workflow: Workflow) -> None:
    """For the public, in German; and none, but a warning, where the public part would give somebody away."""
    parts = LOG.replace(
        "timeline:\n", "audience: public\ntimeline:\n  - {at: 09:12, what: Hushed., audience: internal}\n"
    )
    (workflow.folder / "incidents/log.yaml").write_text(parts, encoding="utf-8")
    settings = 'audience = "public"\nlang = "de"\ntheme.name = "House"\n'
    (workflow.folder / "incidents/postmortem.toml").write_text(settings, encoding="utf-8")
    workflow.git.commit()
    assert workflow().code == 0
    for name in ("html", "md"):
        report = workflow.said(f"out/reports/incidents-log.{name}")
        assert "Logins fail" in report and "Hushed" not in report
        assert "1 Eintrag ist nicht öffentlich" in report
    assert '<html lang="de"' in workflow.said("out/reports/incidents-log.html")
    given_away = parts + "summary: Ask jane@corp.net.\n"
    (workflow.folder / "incidents/log.yaml").write_text(given_away, encoding="utf-8")
    workflow.git.commit()
    done = workflow()
    assert "::warning title=postmortem::no report of `incidents/log.yaml` for the public: " in done.out
    assert "reports=0\n" in workflow.said("output.txt")
    assert "jane@corp.net" not in workflow.said("out/reports/incidents-log.html")


def test_an_error_is_an_annotation_and_fails(workflow: Workflow) -> None:
    (workflow.folder / "incidents/log.yaml").write_text(BAD, encoding="utf-8")
    workflow.git.commit()
    done = workflow()
    assert done.code == 1
    assert done.out.startswith("::error file=incidents/log.yaml,line=9,")
    assert "errors=1" in workflow.said("output.txt")
    assert "PM205" in workflow.said("summary.md")
    assert not (workflow.folder.parent / "out/reports").exists()


def test_a_fork_is_checked_but_nothing_is_written_for_it(workflow: Workflow, api: Api) -> None:
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    done = workflow(api, fork=True)
    assert done.code == 0
    assert "::notice title=postmortem::no comment is written" in done.out
    assert api.asked == []
    assert "**1 event moved" in workflow.said("out/comment.md")
    assert "no comment" in workflow(api, GITHUB_TOKEN="").out


def test_only_our_own_comment_is_changed(workflow: Workflow, api: Api) -> None:
    api.comments = [
        {"id": n, "user": {"login": "someone"}, "body": f"{MARKER}\nmine {n}"} for n in range(100)
    ]
    api.comments.append({"id": 500, "user": {"login": "github-actions[bot]"}, "body": "another workflow"})
    api.comments.append({"id": 501, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nold"})
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    assert workflow(api).out.endswith("comment updated\n")
    assert ("PATCH", "/repos/example/logs/issues/comments/501") in api.asked
    assert [one["body"] for one in api.comments[:101]] == [
        *(f"{MARKER}\nmine {n}" for n in range(100)),
        "another workflow",
    ]


@pytest.mark.parametrize("refuse", [302, 403, 404, 500])
def test_a_comment_that_is_refused_hides_no_check(workflow: Workflow, api: Api, refuse: int) -> None:
    api.refuse = refuse
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    done = workflow(api)
    assert done.code == 0
    assert f"::warning title=postmortem::the comment could not be written: {refuse}" in done.out
    assert len(api.asked) == 1


def test_the_token_goes_nowhere_without_https(workflow: Workflow, api: Api) -> None:
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    done = workflow(api, GITHUB_API_URL="http://api.example.org")
    assert "does not begin with https" in done.out


def test_nothing_touched_is_said_and_posts_nothing(workflow: Workflow, api: Api) -> None:
    (workflow.folder / "settings.yaml").write_text("a: 2\n", encoding="utf-8")
    workflow.git.commit()
    done = workflow(api)
    assert (done.code, done.out) == (0, "no log is touched\ncomment not needed\n")
    assert api.comments == []


def test_a_removed_log_is_told(workflow: Workflow) -> None:
    (workflow.folder / "incidents/log.yaml").unlink()
    workflow.git.commit()
    assert workflow().code == 0
    assert "log removed" in workflow.said("out/comment.md")


@pytest.mark.parametrize(
    "event",
    [
        {"ref": "refs/heads/new", "before": "0" * 40, "after": "1" * 40},
        {"inputs": {}},
        {"before": "--output=stolen"},
        {"pull_request": {"base": {"sha": "$(touch stolen)"}, "number": True}},
        {"pull_request": {"base": {"sha": "1" * 40, "repo": None}, "head": {"repo": None}, "number": 1}},
    ],
)
def test_without_a_commit_to_compare_with_all_logs_are_checked(workflow: Workflow, event: Any) -> None:
    done = workflow(event=event)
    assert done.code == 0, done.err
    assert "logs=1\n" in workflow.said("output.txt")
    assert not (workflow.folder / "stolen").exists()


@pytest.mark.parametrize("event", [{"before": "BASE"}, {"merge_group": {"base_sha": "BASE"}}])
def test_pushes_and_merge_queues_compare_with_what_was_there(workflow: Workflow, event: Any) -> None:
    (workflow.folder / "incidents/more.yaml").write_text(
        MOVED.replace("Logins", "Payments"), encoding="utf-8"
    )
    workflow.git.commit()
    workflow(event=json.loads(json.dumps(event).replace("BASE", workflow.base)))
    assert "logs=1\n" in workflow.said("output.txt")
    assert "incidents/more.yaml" in workflow.said("out/comment.md")


def test_a_shallow_clone_fetches_the_base(run: Run, workflow: Workflow, tmp_path: Path) -> None:
    (workflow.folder / "incidents/log.yaml").write_text(MOVED, encoding="utf-8")
    workflow.git.commit()
    shallow = tmp_path / "shallow"
    workflow.git(
        "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=1", "--branch=branch",
        f"file://{workflow.folder}", str(shallow),
    )  # fmt: skip
    other = Workflow(run, shallow, Git(shallow), workflow.base)
    assert other().code == 0
    assert "**1 event moved" in other.said("out/comment.md")


def test_paths_stay_inside_the_repository(workflow: Workflow) -> None:
    for paths in ("../", "/etc", "--output=x", "incidents\n../.."):
        assert workflow(POSTMORTEM_CI_PATHS=paths).code == 2
    assert workflow(POSTMORTEM_CI_PATHS="incidents\n").code == 0


def test_what_paths_name_is_a_log_whatever_it_says(workflow: Workflow) -> None:
    (workflow.folder / "incidents/torn.yaml").write_text("title: no format\n", encoding="utf-8")
    workflow.git.commit()
    assert workflow().code == 0
    assert workflow(POSTMORTEM_CI_PATHS="incidents").code == 1


def test_an_event_that_is_no_json_is_2(workflow: Workflow, tmp_path: Path) -> None:
    (tmp_path / "torn.json").write_text("{", encoding="utf-8")
    assert workflow(GITHUB_EVENT_PATH=str(tmp_path / "torn.json")).code == 2


def test_the_action_hands_inputs_over_as_variables_only() -> None:
    yaml = pytest.importorskip("yaml")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts
    assert all("${{" not in script for script in scripts)
    used = [step["uses"] for step in action["runs"]["steps"] if "uses" in step]
    assert all(re.search("@[0-9a-f]{40}$", one) for one in used), "a tag can be moved, a commit cannot"


def test_the_hooks_name_commands_that_there_are(run: Run) -> None:
    yaml = pytest.importorskip("yaml")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["postmortem-check", "postmortem-fmt"]
    for hook in hooks:
        assert run(*hook["entry"].split()[1:], "--help").code == 0
