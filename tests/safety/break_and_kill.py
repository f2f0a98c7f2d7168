"""Runs the commands that write in processes of their own, breaks or kills them, and judges what is left.

Usage: python -m tests.safety.break_and_kill FOLDER [--command NAME]... [--kinds KIND,...|all] [--each]
[--kills N] [--naive]. Prints one JSON object a command: the calls it makes, how many faults and
kills there were and how they ended, and what is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.git_repository import ENVIRONMENT
from tests.safety.broken_system import EDIT, ERRORS, OTHERS, Broken
from tests.safety.writing_commands import COMMANDS, Writing

_SECONDS = 120


@dataclass(frozen=True)
class Ended:
    """How one run of a command ended: its code (below 0: the signal), what it said, its calls."""

    code: int
    out: bytes
    err: str
    calls: tuple[str, ...]


@dataclass
class Bench:
    """One command's folder, what it holds before the command and after a run with nothing broken."""

    command: Writing
    base: Path
    naive: bool = False
    folder: Path = field(init=False)
    old: dict[str, bytes] = field(init=False)
    new: dict[str, bytes] = field(init=False)
    clean: Ended = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.base.mkdir()
        self.folder = self.base / "run"
        self.command.put(self.base / "before")
        self.fresh()
        self.old = self.held()
        self._warm()
        self.fresh()
        begun = time.monotonic()
        self.clean = self.run(0, "")
        self.seconds = time.monotonic() - begun
        self.new = self.held()
        assert self.clean.code == 0, self.clean
        assert not self.clean.err, self.clean
        assert all(self.new[name] != self.old.get(name) for name in self.command.writes), self.command

    def fresh(self) -> None:
        """Make the folder anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.base / "before", self.folder, symlinks=True)

    def held(self) -> dict[str, bytes]:
        """Return the files of the folder; git's own index is none that we write."""
        return {
            name: place.read_bytes()
            for place in sorted(self.folder.rglob("*"))
            if place.is_file() and (name := place.relative_to(self.folder).as_posix()) != ".git/index"
        }

    def _warm(self) -> None:
        # What the command imports is imported here, so that its runs need not; no state comes along.
        with self._piped() as (reading, writing):
            if not self._fork():
                self._command(Broken(self.folder, 0, "", os.open(os.devnull, os.O_WRONLY)), writing)
            os.close(writing)
            names = _all_of(reading).decode().split()
            os.wait()
        for name in names:
            if name.split(".")[0] not in ("tests", "__main__", "__mp_main__"):
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)

    def run(self, at: int, kind: str, kill_after: float | None = None, *, at_work: bool = False) -> Ended:
        """Run the command in a process of its own whose call number ``at`` goes wrong, or kill it by time.

        ``kill_after`` is in seconds from its start, or ``at_work`` from when it begins to write.
        """
        with self._piped() as (reading, writing):
            child = self._fork()
            if not child:
                self._command(Broken(self.folder, at, kind, writing))
            os.close(writing)
            told = b""
            if kill_after is not None:
                while at_work and b"TEMPORARY" not in told and (piece := os.read(reading, 65536)):
                    told += piece
                time.sleep(kill_after)
                os.kill(child, signal.SIGKILL)
            calls = (told + _all_of(reading)).decode().splitlines()
            _, status = os.waitpid(child, 0)
            _wait_for_group(child)
        out = (self.base / "out").read_bytes()
        err = (self.base / "err").read_text(encoding="utf-8", errors="replace")
        return Ended(os.waitstatus_to_exitcode(status), out, err, tuple(calls))

    @contextlib.contextmanager
    def _piped(self) -> Iterator[tuple[int, int]]:
        reading, writing = os.pipe()
        try:
            yield reading, writing
        finally:
            os.close(reading)

    def _fork(self) -> int:
        sys.stdout.flush()
        return os.fork()

    def _command(self, broken: Broken, modules: int | None = None) -> None:
        """Be the command; never return."""
        try:
            os.setsid()
            signal.alarm(_SECONDS)
            os.chdir(self.folder)
            self._environment()
            for number, name in ((1, "out"), (2, "err")):
                file = os.open(self.base / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
                os.dup2(file, number)
                os.close(file)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            sys.argv = ["postmortem", *self.command.words]
            from postmortem.__main__ import main

            if self.command.cache:
                import postmortem.report.templating.compiled as compiled

                compiled.__file__ = str(self.folder / "package/compiled.py")
            if self.naive:
                import postmortem.ground.files as files

                vars(files)["write_whole"] = _write_in_place
            if modules is not None:
                from postmortem.cli.main import run

                run()
                os.write(modules, "\n".join(sys.modules).encode())
                os._exit(0)
            broken.install()
            main()
        finally:
            os._exit(99)

    def _environment(self) -> None:
        for name in [name for name in os.environ if name.startswith(("POSTMORTEM_", "GITHUB_"))]:
            del os.environ[name]
        os.environ |= {**ENVIRONMENT, "TMPDIR": str(self.folder / "tmp"), "COLUMNS": "100"}
        os.environ |= self.command.environment

    def wrong(self, ended: Ended, at: int, kind: str) -> Iterator[str]:
        """Yield what is wrong with what a broken run has left."""
        held = self.held()
        if kind == "vanish":
            gone = {name.removeprefix("tmp/"): data for name, data in held.items() if name.startswith("tmp/")}
            held = gone | {name: data for name, data in held.items() if not name.startswith("tmp/")}
        call = ended.calls[at - 1] if 0 < at <= len(ended.calls) else ""
        if kind == "edit" and call and "log.yaml" in self.command.writes:
            yield from self._edit_lost(held, ended.calls, at)
        if kind == "edit":
            held["log.yaml"] = held["log.yaml"].replace(EDIT, b"")
        for name, data in held.items():
            if (
                data not in (self.old.get(name), self.new.get(name))
                and not _may_stay(name, kind, call)
                and not (_is_of_log(call) and ended.code == 2 and data.endswith(b"\n"))
            ):
                yield f"{name} is neither what it was nor what it should be ({len(data)} bytes)"
        for name in self.old.keys() - held.keys():
            if self.new.get(name) is not None:
                yield f"{name} is gone"
        if ended.code < 0 and (kind == "kill" or ended.code == -signal.SIGKILL):
            return
        if ended.code == 0:
            yield from self._not_done(held, ended, kind)
        elif ended.code != 2:
            yield f"the exit code is {ended.code}"
        elif not _one_sentence(ended) and not any(
            b"PM100" in held.get(name, b"") for name in self.command.writes
        ):
            yield f"it does not say in one sentence what is wrong: {ended.err!r} {ended.out[:200]!r}"
        if "Traceback" in ended.err:
            yield "there is a traceback"

    def _edit_lost(self, held: dict[str, bytes], calls: tuple[str, ...], at: int) -> Iterator[str]:
        # The log is read once more right before the rename: between these two there is but its close.
        moment = calls[at - 1 : at + 1]
        last = moment[0].startswith("replace") or [one.split()[0] for one in moment] == ["close", "replace"]
        if EDIT not in held["log.yaml"] and not last:
            yield f"the edit of somebody else at `{moment[0]}` is lost"

    def _not_done(self, held: dict[str, bytes], ended: Ended, kind: str) -> Iterator[str]:
        for name in self.command.writes:
            if held.get(name) != self.new.get(name) and kind != "edit":
                yield f"success without {name}"
        if ended.out != self.clean.out and kind != "edit":
            yield "success without the whole output"


def _may_stay(name: str, kind: str, call: str) -> bool:
    """Tell whether a file may be left over: a draft, where it could not be deleted, or nobody knew of it."""
    draft = name.rpartition("/")[2].startswith(".postmortem-") and name.endswith(".tmp")
    unknown = kind == "late" and call.startswith("open")
    return draft and (kind in ("kill", "vanish") or call.startswith("unlink") or unknown)


def _is_of_log(call: str) -> bool:
    """Tell whether a call reads a log: that it cannot be read is then told in the output, which is whole."""
    return call.endswith(("log.yaml", "later.yaml")) and call.split()[0] in ("open", "fstat", "read", "close")


def _write_in_place(path: os.PathLike[str], data: bytes, **_: object) -> None:
    """Write as one does without care: what this leaves must be seen to be torn."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(number, data)
    os.close(number)


def _one_sentence(ended: Ended) -> bool:
    """Tell whether an error is told in one sentence, or as a finding or a word on usage, which have forms."""
    err = ended.err.strip().splitlines()
    if len(err) == 1:
        return err[0].startswith("error: ") and "PM902" not in err[0]
    told = ended.err + ended.out.decode("utf-8", "replace")
    return "PM902" not in told and ("PM100" in told or "PM2" in told or "Error: " in ended.err)


def _all_of(reading: int) -> bytes:
    pieces = []
    while piece := os.read(reading, 65536):
        pieces.append(piece)
    return b"".join(pieces)


def _wait_for_group(group: int) -> None:
    # Git may still be at work for a command that was killed.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        for _ in range(2000):
            os.killpg(group, 0)
            time.sleep(0.005)


def broken(bench: Bench, kinds: tuple[str, ...], *, each: bool) -> Iterator[tuple[str, int, Ended]]:
    """Break the calls one after the other until a run comes through with nothing broken.

    From where the command begins to write, with the kinds by turns; ``each``: every kind at every call, and
    by turns at those before.
    """
    first = _first_writing(bench.clean.calls)
    for at in range(1, first if each else 0):
        yield _broken_once(bench, kinds[at % len(kinds)], at)
    for turn in range(len(kinds) if each else 1):
        at = first - 1
        while True:
            at += 1
            kind = kinds[(turn if each else at) % len(kinds)]
            if each and not _fits(kind, _call(bench, at), bench.command):
                continue
            yield (done := _broken_once(bench, kind, at))
            if len(done[2].calls) < at:
                break


def _broken_once(bench: Bench, kind: str, at: int) -> tuple[str, int, Ended]:
    kind = kind if _fits(kind, _call(bench, at), bench.command) else "EIO"
    bench.fresh()
    return kind, at, bench.run(at, kind)


def _call(bench: Bench, at: int) -> str:
    """Return call number ``at`` of a run with nothing broken; '' past its end."""
    return bench.clean.calls[at - 1] if at <= len(bench.clean.calls) else ""


def _first_writing(calls: tuple[str, ...]) -> int:
    """Return the number of the first call that makes something, from 1."""
    return next(n for n, one in enumerate(calls, 1) if one.startswith(("mkdir", "open TEMP", "write")))


def _fits(kind: str, call: str, command: Writing) -> bool:
    """Tell whether there is a point in breaking a call so."""
    if kind == "short":
        return not call or call.startswith("write")
    if kind == "edit":
        return "log.yaml" in command.writes or not call
    if kind == "vanish":
        return (any("/" in name for name in command.writes) and command.prepare is None) or not call
    return True


def killed(bench: Bench, times: int, chance: random.Random) -> Iterator[Ended]:
    """Kill the command at random moments: every other time of all its time, else of that when it writes.

    Runs that come through before they are killed are judged too, and do not count.
    """
    number = done = 0
    while done < times:
        number += 1
        at_work = number % 2 == 0 and bool(bench.command.writes)
        bench.fresh()
        most = bench.seconds / (4 if at_work else 1)
        ended = bench.run(0, "", chance.uniform(0, most), at_work=at_work)
        done += ended.code < 0
        yield ended


def report(bench: Bench, kinds: tuple[str, ...], kills: int, *, each: bool) -> dict[str, object]:
    """Break and kill one command, and return what came of it."""
    problems: list[str] = []
    codes: Counter[str] = Counter()
    for kind, at, ended in broken(bench, kinds, each=each) if kinds else ():
        codes[f"{kind} {ended.code}"] += 1
        call = ended.calls[at - 1] if at <= len(ended.calls) else "none"
        problems += [f"{kind} at call {at}, `{call}`: {one}" for one in bench.wrong(ended, at, kind)]
    ends: Counter[str] = Counter()
    for ended in killed(bench, kills, random.Random(7)):
        held = bench.held()
        ends["killed" if ended.code < 0 else "came through"] += 1
        ends["left a draft"] += any(name.endswith(".tmp") for name in held)
        ends["new"] += any(held.get(name) == bench.new.get(name) for name in bench.command.writes)
        problems += [f"killed by time: {one}" for one in bench.wrong(ended, 0, "kill")]
    return {
        "command": bench.command.name,
        "calls": len(bench.clean.calls),
        "kinds": sorted({call.split()[0] for call in bench.clean.calls}),
        "trace": bench.clean.calls,
        "faults": dict(codes),
        "kills": dict(ends),
        "problems": problems,
    }


def main() -> None:
    """Run what the command line asks for."""
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--command", action="append")
    words.add_argument("--kinds", default="")
    words.add_argument("--each", action="store_true")
    words.add_argument("--naive", action="store_true")
    words.add_argument("--kills", type=int, default=0)
    asked = words.parse_args()
    kinds = (*ERRORS, *OTHERS) if asked.kinds == "all" else tuple(filter(None, asked.kinds.split(",")))
    for number, command in enumerate(COMMANDS):
        if command.name in asked.command if asked.command else not command.slow:
            bench = Bench(command, asked.folder / str(number), asked.naive)
            told = report(bench, kinds, asked.kills, each=asked.each and not command.slow)
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
