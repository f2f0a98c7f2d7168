"""Two versions of logs to compare: two files, two folders, or logs and what they were in git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.inputs import Input, expand, inputs_of, judge_one
from postmortem.flow import Judged, judge
from postmortem.ground.folders import is_folder
from postmortem.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.cli.git import Changed, Repository
    from postmortem.review.changes import Comparison
    from postmortem.review.side import Side


@record
class Versions:
    """One log in two versions, each judged; None where there is no such version."""

    old: Judged | None
    new: Judged | None


def comparison_of(versions: Versions) -> Comparison:
    """Compare the two versions of a log."""
    from postmortem.review.compare import compare

    return compare(_side(versions.old), _side(versions.new))


def _side(judged: Judged | None) -> Side | None:
    from postmortem.review.side import Side

    if judged is None:
        return None
    return Side(judged.file, judged.incident, judged.metrics, judged.diagnostics, judged.line_of)


def of_two(old: str, new: str) -> Iterator[Versions]:
    """Yield the versions of two files, or of two folders by the names below them."""
    folders = [is_folder(one) for one in (old, new)]
    if folders[0] != folders[1]:
        raise click.UsageError(f"{old!r} and {new!r} are a folder and a file; name two logs or two folders")
    if old == new == "-":
        raise click.UsageError("standard input holds one log; name a file for the other")
    if not folders[0]:
        yield Versions(_judged(old), _judged(new))
        return
    first, second = _below(old), _below(new)
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name), second.get(name)
        yield Versions(None if one is None else judge_one(one), None if other is None else judge_one(other))


def _judged(path: str) -> Judged:
    (one,) = expand((path,))
    return one if isinstance(one, Judged) else judge_one(one)


def _below(folder: str) -> dict[str, Input]:
    return {one.below.as_posix(): one for one in inputs_of(folder) if isinstance(one, Input)}


def of_base(paths: Sequence[str], revision: str, *, merge_base: bool) -> Iterator[Versions]:
    """Yield the logs that paths name, each with what it was at a revision; of a folder those that changed."""
    from postmortem.cli.git import Repository

    seen: set[tuple[Path, str | None, str | None]] = set()
    for path in paths:
        if path == "-":
            raise click.UsageError("--base takes files and folders; standard input has no history")
        repository = Repository.of(Path(path))
        base = repository.commit(revision)
        if merge_base:
            base = repository.merge_base(base)
        for one in repository.changed(Path(path), base):
            key = (repository.top, one.old, one.new)
            if key not in seen:
                seen.add(key)
                yield of_change(one, repository, base, revision)


def of_change(one: Changed, repository: Repository, base: str, revision: str) -> Versions:
    """Return both versions of a log that differs from a commit; ``revision`` is what the commit is called."""
    new = old = None
    if one.new is not None:
        name = Path(Path(one.new).name)
        new = judge_one(Input(one.shown, repository.top / one.new, name, repository.top))
    if one.old is not None:
        old = _judged_at(repository, base, one.old, f"{revision}:{one.old}")
    return Versions(old, new)


def _judged_at(repository: Repository, base: str, name: str, shown: str) -> Judged:
    """Judge a log as it was at a commit, with the series files that lay beside it then."""
    from postmortem.cli.inputs import may_turn, unreadable
    from postmortem.cli.judging import policy_for

    data = repository.blob(base, name)
    if data is None:
        return unreadable(shown, f"`{shown}` is no file of at most 16 MiB")
    bidi = may_turn(data, str(repository.top / name))
    policy = policy_for(str(repository.top / name))
    return judge(shown, data, repository.beside(base, name), policy=policy, bidi=bidi)
