"""`postmortem git-setup`: lets `git diff` show the timelines of logs in one repository, or no longer."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortem.cli.options import CannotWrite, cannot_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortem.cli.git import Repository

_KEY = "diff.postmortem.textconv"
_BEGIN = "# postmortem git-setup: from here"
_END = "# postmortem git-setup: to here"
_LARGEST = 16 << 20
_PATTERNS = ("*.yaml", "*.yml")


@click.command("git-setup", short_help="Let `git diff` show timelines, and take that out again")
@click.argument("patterns", nargs=-1, metavar="[PATTERN...]")
@click.option("--remove", is_flag=True, help="Take out again what this command put in.")
@click.option("--shared", is_flag=True, help="Name the logs in .gitattributes, which is committed, too.")
def command(patterns: tuple[str, ...], remove: bool, shared: bool) -> None:
    """Let `git diff`, `git log -p` and `git show` tell of logs by their timelines in this repository.

    Sets diff.postmortem.textconv in the repository's own configuration, and names the logs (PATTERN,
    default *.yaml and *.yml) in .git/info/attributes, or with --shared in .gitattributes. Files that are
    no logs, or have errors, are shown as they are. Nothing outside the repository is touched.
    """
    from postmortem.cli.console import give
    from postmortem.cli.git import Repository
    from postmortem.ground.characters import forbidden_in

    repository = Repository.of(Path.cwd())
    for pattern in patterns:
        unseen = any(sign.isspace() for sign in pattern) or forbidden_in(pattern) is not None
        if unseen or not pattern or pattern.startswith(("#", "!", '"')):
            raise click.UsageError(
                f"{pattern!r} is no pattern for git attributes; write *.yaml or incidents/*.yaml"
            )
    said = _removed(repository) if remove else _installed(repository, patterns or _PATTERNS, shared=shared)
    give("".join(f"{line}\n" for line in said))


def _installed(repository: Repository, patterns: Sequence[str], *, shared: bool) -> Iterator[str]:
    local, committed = _attributes(repository)
    place, other = (committed, local) if shared else (local, committed)
    if shared and committed.is_symlink():
        raise CannotWrite(f"`{committed.name}` is a link, which git does not follow; put a file in its place")
    call = textconv_call()
    _config(repository, "--replace-all", _KEY, call)
    yield f"set {_KEY} in the configuration of this repository:"
    yield f"  {call}"
    lines = [f"{pattern} diff=postmortem" for pattern in patterns]
    if _rewritten(other, repository):
        yield f"took the logs out of {_shown(other, repository)}"
    _rewritten(place, repository, lines)
    yield f"named the logs in {_shown(place, repository)}:"
    yield from (f"  {line}" for line in lines)
    if shared:
        yield "commit it; whoever wants to see timelines runs `postmortem git-setup --shared` once, too"
    yield "`git diff` shows timelines now, and `git diff --no-textconv` the bare text"
    yield "`postmortem git-setup --remove` takes all of this out again"


def _removed(repository: Repository) -> Iterator[str]:
    found = False
    if repository.run("config", "--local", "--get-all", _KEY).returncode == 0:
        _config(repository, "--unset-all", _KEY)
        left = repository.run("config", "--local", "--get-regexp", r"^diff\.postmortem\.")
        if left.returncode:
            repository.run("config", "--local", "--remove-section", "diff.postmortem")
        found = True
        yield f"took {_KEY} out of the configuration of this repository"
    for place in _attributes(repository):
        if _rewritten(place, repository):
            found = True
            yield f"took the logs out of {_shown(place, repository)}"
    if not found:
        yield "there is nothing of `postmortem git-setup` in this repository"


def textconv_call() -> str:
    """Return the command line by which git calls us: this very Python, wherever the shell's path leads.

    With `-P`, for git runs it at the top of the repository, where a folder `postmortem` may be anyone's, and
    with `--`, for git adds names of files as they are, and one may begin with a dash.
    """
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m postmortem textconv --"


def _config(repository: Repository, *arguments: str) -> None:
    done = repository.run("config", "--local", *arguments)
    if done.returncode:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise CannotWrite(f"git could not write its configuration: {words}")


def _attributes(repository: Repository) -> tuple[Path, Path]:
    """Return the two files that may name the logs: the repository's own one, and the committed one."""
    done = repository.run("rev-parse", "--git-path", "info/attributes")
    local = repository.top / done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    return local, repository.top / ".gitattributes"


def _rewritten(place: Path, repository: Repository, lines: Sequence[str] = ()) -> bool:
    """Put our lines into a file in the place of those that are there, in one step; tell whether any were.

    Without lines ours go, and a file of nothing else goes with them.
    """
    if place.is_symlink() and place.parent == repository.top:
        # Git follows no link by this name, and one that came with a clone may lead anywhere.
        return False
    try:
        was = _read(place)
        old = (was or b"").decode("utf-8", "surrogateescape")
        new = kept = _without_ours(old)
        if lines:
            new += "\n" if kept and not kept.endswith("\n") else ""
            new += "\n".join([_BEGIN, *lines, _END]) + "\n"
        if new != old:
            _replace(place, was, new)
    except OSError as error:
        raise cannot_write(place, error) from error
    return kept != old


def _without_ours(text: str) -> str:
    """Return a text without our lines; one that lacks their end is left as it is."""
    kept: list[str] = []
    ours = False
    for line in text.splitlines(keepends=True):
        word = line.strip()
        if word == _BEGIN:
            ours = True
        elif not ours:
            kept.append(line)
        elif word == _END:
            ours = False
    return text if ours else "".join(kept)


def _read(place: Path) -> bytes | None:
    from postmortem.ground.files import read_capped

    try:
        return read_capped(place, _LARGEST)
    except FileNotFoundError:
        return None


def _replace(place: Path, was: bytes | None, new: str) -> None:
    """Put a text in the place of what a file held, if it still does."""
    from postmortem.ground.files import create_whole, make_folders, write_whole

    data = new.encode("utf-8", "surrogateescape")
    if not new.strip():
        place.unlink()
    elif was is None:
        make_folders(place.parent)
        create_whole(place, data)
    else:
        write_whole(place, data, instead_of=was)


def _shown(place: Path, repository: Repository) -> str:
    try:
        return place.relative_to(repository.top).as_posix()
    except ValueError:
        return str(place)
