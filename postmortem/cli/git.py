"""A git repository as it is read: revisions, what changed, blobs. Argument lists only, never a shell."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from postmortem.ground.files import NotAFile, TooLarge, read_capped
from postmortem.ground.folders import folders_below, is_folder, is_there
from postmortem.ground.record import record
from postmortem.read import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortem.measure.beside import Former

_SECONDS = 120
_NAMES = (".yaml", ".yml")
_PLAIN = ("100644", "100755")
_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_LITERAL_PATHSPECS": "1",
}
# Neither a pager nor a prompt nor a file system monitor of the repository's own may run, and what lies in
# a commit may not pass itself off as a repository: its configuration would name programs to run.
_FIXED = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "safe.bareRepository=explicit")
_OF_ANOTHER = ("GIT_DIR", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_IMPLICIT_WORK_TREE")
_OTHER_PATHSPECS = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")


@record
class Changed:
    """A log that differs from a commit: its names there and here (from the top, with `/`), None if absent.

    ``shown`` is its name as the user would write it.
    """

    old: str | None
    new: str | None
    shown: str


@record
class Repository:
    """A git repository by the folder at its top."""

    top: Path

    @classmethod
    def of(cls, path: Path) -> Repository:
        """Return the repository that a path lies in, whether or not the path still exists."""
        folder = path.absolute()
        while not is_folder(folder):
            folder = folder.parent
        done = _git(folder, "rev-parse", "--show-toplevel")
        _must(done, f"git finds no repository with files for {str(path)!r}")
        top = Path(os.fsdecode(done.stdout.removesuffix(b"\n")))
        if "GIT_DIR" not in _environment() and not is_there(top / ".git"):
            # An older git takes any folder for a repository that holds what one does, its drivers with it.
            raise click.UsageError(
                f"{str(top)!r} looks like a git repository inside of another; it is not used"
            )
        return cls(top)

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names; a usage error where it names none."""
        # `^main` is git's word for all that is not in main, and names no commit.
        if revision.startswith(("-", "^")) or not revision or "\0" in revision:
            raise click.UsageError(f"{revision!r} is not a revision; write a branch, a tag or a commit")
        done = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode:
            raise click.UsageError(
                f"git knows no revision {revision!r} here; a shallow clone may lack it (git fetch --depth)"
            )
        return done.stdout.decode("ascii").strip()

    def merge_base(self, commit: str) -> str:
        """Return where the present branch left a commit's line."""
        done = self.run("merge-base", commit, "HEAD")
        if done.returncode:
            raise click.UsageError("the two branches have no commit in common; a shallow clone may lack it")
        return done.stdout.decode("ascii").split()[0]

    def changed(self, path: Path, base: str) -> Iterator[Changed]:
        """Yield the logs under a path that differ from a commit; a file is always compared."""
        name = self.name_of(path)
        if is_folder(path):
            yield from self._in_folder(path, name, base)
            return
        renamed = {new: old for old, new in self._differences(base) if old and new and old != new}
        here = is_there(path)
        old: str | None = renamed.get(name)
        if old is None:
            old = name if self._mode(base, name) else self._former(name, base) if here else None
        if not here and old is None:
            raise click.UsageError(f"there is no log {str(path)!r}, neither here nor at that revision")
        yield Changed(old, name if here else None, str(path))

    def _in_folder(self, path: Path, name: str, base: str) -> Iterator[Changed]:
        lead = f"{name}/" if name not in ("", ".") else ""
        shown = PurePosixPath(path.as_posix())
        differences = self._differences(base)
        known = {new for _, new in differences}
        differences += [(None, new) for new in self._untracked() if new not in known]
        touched = {name for pair in differences for name in pair if name is not None}
        rows: dict[str, Changed] = {}
        for old, new in differences:
            inside = [
                one
                for one in (new, old)
                if one is not None and one.startswith(lead) and is_log(one[len(lead) :])
            ]
            if inside:
                old = old if old is not None and is_log(old) else None
                new = new if new is not None and is_log(new) else None
                rows[inside[0]] = Changed(old, new, str(shown / inside[0][len(lead) :]))
        for log in self._with_touched_series(path, touched):
            own = self.name_of(log)
            rows.setdefault(
                own, Changed(own if self._mode(base, own) else None, own, str(shown / own[len(lead) :]))
            )
        for key in sorted(rows):
            yield rows[key]

    def _with_touched_series(self, path: Path, touched: set[str]) -> Iterator[Path]:
        """Yield the logs below a path that name series files and have a changed file beside or below them."""
        others = [PurePosixPath(one) for one in touched if not one.endswith(_NAMES)]
        folders = {folder for other in others for folder in other.parents}
        start, top = _real(path), _real(self.top)
        if not start.is_relative_to(top):
            return
        for folder, files in folders_below(path):
            # No link is followed on the way down, so that the names tell which folder it is.
            below = start.relative_to(top) / Path(folder).relative_to(path)
            if PurePosixPath(below.as_posix()) not in folders:
                continue
            for name in files:
                log = Path(folder) / name
                if is_log(name) and _names_file(log):
                    yield log

    def _differences(self, base: str) -> list[tuple[str | None, str | None]]:
        """Return the pairs (name at the commit, name here) of all tracked files that differ."""
        done = self.run(
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=dirty",
            "-M",
            "--name-status",
            "-z",
            "--end-of-options",
            base,
            "--",
        )
        _must(done, "git cannot compare with that revision")
        words = iter([os.fsdecode(word) for word in done.stdout.split(b"\0")])
        pairs: list[tuple[str | None, str | None]] = []
        for status in words:
            if not status:
                continue
            first = next(words)
            if status[0] in "RC":
                second = next(words)
                pairs.append((first if status[0] == "R" else None, second))
            else:
                pairs.append((None if status[0] == "A" else first, None if status[0] == "D" else first))
        return pairs

    def _untracked(self) -> list[str]:
        done = self.run("ls-files", "--others", "--exclude-standard", "-z")
        _must(done, "git cannot list the files that it does not track")
        return [os.fsdecode(one) for one in done.stdout.split(b"\0") if one]

    def _former(self, name: str, base: str) -> str | None:
        """Return the name that a file had at a commit, by following its history step by step."""
        done = self.run(
            "log",
            "--follow",
            "--diff-filter=R",
            "-M",
            "--name-status",
            "-z",
            "--format=",
            f"{base}..HEAD",
            "--",
            name,
        )
        words = [os.fsdecode(word).lstrip("\n") for word in done.stdout.split(b"\0")]
        rows = [words[at + 1] for at, word in enumerate(words[:-2]) if word[:1] == "R" and word[1:].isdigit()]
        old = rows[-1] if rows else None
        return old if old and self._mode(base, old) else None

    def name_of(self, path: Path) -> str:
        """Return a path as git names it: from the top, with `/`; links in its last part are not followed."""
        whole = path.absolute()
        place = _real(whole.parent) / whole.name if whole.name not in ("", "..") else _real(whole)
        try:
            return place.relative_to(_real(self.top)).as_posix()
        except ValueError:
            raise click.UsageError(f"{str(path)!r} is not in the repository {str(self.top)!r}") from None

    def _mode(self, commit: str, name: str) -> str | None:
        """Return the mode of a regular file at a commit, None where there is none."""
        done = self.run("ls-tree", "-z", "--full-tree", commit, "--", name)
        # Without this, a log would be a new one wherever git cannot look.
        _must(done, "git cannot read the files of that revision")
        mode = done.stdout.split(b" ", 1)[0].decode("ascii", "replace")
        return mode if mode in _PLAIN else None

    def blob(self, commit: str, name: str) -> bytes | None:
        """Return the bytes of a regular file at a commit; None where there is none or it is larger."""
        if self._mode(commit, name) is None:
            return None
        size = self.run("cat-file", "-s", f"{commit}:{name}")
        if size.returncode or int(size.stdout) > MAX_BYTES:
            return None
        done = self.run("cat-file", "blob", f"{commit}:{name}")
        return None if done.returncode else done.stdout

    def beside(self, commit: str, log: str) -> Former:
        """Return the folder of a log as it was at a commit; git is asked only where the log names a file."""
        from postmortem.measure.beside import Former

        folder = PurePosixPath(log).parent
        sizes: dict[str, int] | None = None

        def read(name: str, cap: int) -> bytes:
            nonlocal sizes
            place = (folder / name).as_posix()
            try:
                # Asked once: a log may name ten thousand files, and git takes its time for each answer.
                sizes = self._sizes(commit, folder) if sizes is None else sizes
                if place not in sizes:
                    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place)
                if sizes[place] > cap:
                    raise TooLarge(place, cap)
                done = self.run("cat-file", "blob", f"{commit}:{place}")
                _must(done, "git cannot read a file of that revision")
            except click.UsageError as error:
                raise OSError(errno.EIO, error.message, place) from error
            return done.stdout

        return Former(read)

    def _sizes(self, commit: str, folder: PurePosixPath) -> dict[str, int]:
        """Return the regular files below a folder at a commit, by name, with how many bytes they hold."""
        below = [] if folder == PurePosixPath() else ["--", f"{folder}/"]
        done = self.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit, *below)
        _must(done, "git cannot read the files of that revision")
        rows = (row.split(b"\t", 1) for row in done.stdout.split(b"\0") if row)
        files = ((facts.split(), os.fsdecode(name)) for facts, name in rows)
        return {name: int(facts[3]) for facts, name in files if os.fsdecode(facts[0]) in _PLAIN}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run git at the top of the repository."""
        return _git(self.top, *arguments)


def is_log(name: str) -> bool:
    """Tell whether a name is that of a log in a folder: it ends in .yaml or .yml and is nowhere hidden."""
    return name.endswith(_NAMES) and not any(part.startswith(".") for part in name.split("/"))


def _names_file(log: Path) -> bool:
    """Tell whether a log may name a series file; one that cannot be read may: whoever reads it says so."""
    try:
        return b"file:" in read_capped(log, MAX_BYTES)
    except (FileNotFoundError, NotAFile, TooLarge, IsADirectoryError):
        return False
    except OSError as error:
        return error.errno != errno.ELOOP


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *_FIXED, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise click.UsageError("git is not installed, or not on the path, and this needs it") from None
    except subprocess.TimeoutExpired:
        raise click.UsageError(f"git did not answer within {_SECONDS} seconds") from None


def _environment() -> dict[str, str]:
    """Return the environment for git: ours, without what would lead it to another repository than a path's.

    Git sets `GIT_DIR` for its hooks in a worktree, and then takes the folder that it is run in for the top.
    Whoever sets `GIT_WORK_TREE`, too, has said where the top is, and means it.
    """
    left_out = _OTHER_PATHSPECS if os.environ.get("GIT_WORK_TREE") else (*_OTHER_PATHSPECS, *_OF_ANOTHER)
    return {name: value for name, value in os.environ.items() if name not in left_out} | _QUIET


def _must(done: subprocess.CompletedProcess[bytes], sentence: str) -> None:
    if done.returncode:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise click.UsageError(f"{sentence}: {words[:500] or 'it does not say why'}")


def _real(path: Path) -> Path:
    """Return where a path leads; `Path.resolve` of some Pythons ends with a fault on a circle of links."""
    return Path(os.path.realpath(path))
