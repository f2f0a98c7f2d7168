"""Which logs a workflow run is about: those that it touches, or all where it has nothing to compare with."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.git import Repository
from postmortem.cli.inputs import Input, expand, judge_one
from postmortem.cli.versions import Versions, of_change
from postmortem.flow import Judged
from postmortem.ground.files import NotAFile, TooLarge, read_capped
from postmortem.read import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.cli.git import Changed

_FORMAT = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:format|\"format\"|'format')[ ]*:[ ]*[\"']?postmortem/", re.MULTILINE
)
_IN_BRACES = re.compile(rb"[{,\s](?:format|\"format\"|'format')[ ]*:\s*[\"']?postmortem/")
_BEFORE_BRACES = b"\xef\xbb\xbf \t\r\n-"


def touched(paths: Sequence[str], base: str | None) -> list[Versions]:
    """Return the logs under paths that differ from a commit; without one, all of them.

    Without paths every YAML file of the repository counts that says it is a log.
    """
    repository = Repository.of(Path.cwd())
    if base is not None:
        base = _present(repository, base)
    if base is None:
        return [Versions(None, one) for one in _all(paths)]
    seen: set[tuple[str | None, str | None]] = set()
    found: list[Versions] = []
    for path in paths or (".",):
        for one in repository.changed(Path(path), base):
            key = (one.old, one.new)
            if key not in seen and (paths or _is_log(one, repository, base)):
                seen.add(key)
                found.append(of_change(one, repository, base, base[:12]))
    return found


def checked_paths(text: str) -> tuple[str, ...]:
    """Return the paths of an input, one a line; each lies inside the repository and begins with no dash."""
    paths = tuple(line.strip() for line in text.splitlines() if line.strip())
    top = Path(os.path.realpath(Path.cwd()))
    for path in paths:
        outside = "\0" in path or not Path(os.path.realpath(top / path)).is_relative_to(top)
        if path.startswith("-") or outside:
            raise click.UsageError(f"{path!r} is no path inside the repository; write incidents or logs/2026")
    return paths


def _present(repository: Repository, base: str) -> str | None:
    """Return the commit to compare with: where the branch left it, if the clone goes back that far.

    A clone of one commit gets the other one fetched; None where that cannot be had either.
    """
    if repository.run("cat-file", "-e", f"{base}^{{commit}}").returncode:
        repository.run("fetch", "--quiet", "--no-tags", "--depth=1", "origin", base)
        if repository.run("cat-file", "-e", f"{base}^{{commit}}").returncode:
            return None
    common = repository.run("merge-base", base, "HEAD")
    return base if common.returncode else common.stdout.decode("ascii").split()[0]


def _all(paths: Sequence[str]) -> Iterator[Judged]:
    for one in expand(paths or (".",)):
        if isinstance(one, Judged):
            if paths:
                yield one
        elif paths or _says_so(one):
            yield judge_one(one)


def _says_so(one: Input) -> bool:
    assert one.path is not None
    if one.leads_out:
        return False
    try:
        return _names_format(read_capped(one.path, MAX_BYTES))
    except (FileNotFoundError, IsADirectoryError, NotAFile, TooLarge):
        return False
    except OSError as error:
        # One that is there and cannot be read may be a log: whoever reads it says so.
        return error.errno != errno.ELOOP


def _is_log(one: Changed, repository: Repository, base: str) -> bool:
    """Tell whether a changed file says that it is a log, now or before."""
    if one.new is not None and _says_so(
        Input(one.shown, repository.top / one.new, Path(Path(one.new).name), repository.top)
    ):
        return True
    data = repository.blob(base, one.old) if one.old is not None else None
    return data is not None and _names_format(data)


def _names_format(data: bytes) -> bool:
    """Tell whether a file says that it is a log; one in braces, as JSON is, says so anywhere."""
    if _FORMAT.search(data) is not None:
        return True
    return data.lstrip(_BEFORE_BRACES).startswith(b"{") and _IN_BRACES.search(data) is not None
