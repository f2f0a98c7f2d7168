"""Mutation testing: change the code in one place at a time, and see whether a test notices.

    python -m tests.mutation.run                         every group; `make mutants` does this
    python -m tests.mutation.run loader resolve          some groups (see groups.py)
    python -m tests.mutation.run --module postmortem/model/points.py
    python -m tests.mutation.run times --sample 300 --seed 7
    python -m tests.mutation.run times --out t.json      keep the survivors in a file ...
    python -m tests.mutation.run times --again t.json    ... and try only those again, after a test was added
    python -m tests.mutation.run times --show            print the survivors as entries for equivalent.toml

Prints a table (module, mutants, killed, argued, survived, score) and every survivor with its place and its
change. A survivor is killed by a test, made impossible by simpler code, or listed in equivalent.toml with the
reason why nothing can notice it. The exit code is 0 when none is left and no entry of that file is stale.

How it works: tests are run once to learn which lines each of them runs. Then each mutant gets a process of
its own, forked when everything is imported and collected: it puts the changed code in place, runs the tests
that can notice it, the quickest first, and ends at the first failure. What survives, and what cannot be
changed in a module that stands in memory, is tried again in a process forked before the package was imported.
Existing tools start pytest anew for each mutant, or leave tables and patterns at the level of a module alone,
which hold half of what matters here.

It runs on the code as it is in the folder, so run it on a copy while you edit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutation.children import KILLED, SURVIVED, Children
from tests.mutation.equivalents import read_equivalents, stale
from tests.mutation.fresh import options, tested_afresh
from tests.mutation.groups import GROUPS, UNFIT, Group
from tests.mutation.mutants import Module, Mutant
from tests.mutation.session import Mapping, in_memory

ROOT = Path(__file__).parents[2]
_FIRST_IMPORTED = (
    *("hypothesis", "hypothesis.strategies", "pydantic", "pydantic.dataclasses", "yaml", "jinja2"),
    *("markdown_it", "dateutil.parser", "zoneinfo", "html.parser", "coverage", "jsonschema", "fractions"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run the groups that are asked for; return 0 where no mutant is left and no entry is stale."""
    asked = _arguments(arguments)
    _prepare()
    groups = {name: GROUPS[name] for name in asked.groups or GROUPS}
    if asked.module:
        groups = _only(groups, asked.module)
    entries = read_equivalents(ROOT / "tests/mutation/equivalent.toml")
    everything: list[Mutant] = []
    left: list[Mutant] = []
    survived: list[Mutant] = []
    for name, group in groups.items():
        tried, lived = _run(group, asked)
        argued = [one for one in lived if any(entry.covers(one) for entry in entries)]
        _print_table(name, tried, lived, argued)
        everything += tried
        survived += lived
        left += [one for one in lived if one not in argued]
    for one in left:
        print(_entry(one) if asked.show else one.told())
    wrong = stale(entries, everything, survived) if not (asked.sample or asked.again) else []
    for line in wrong:
        print(f"stale entry: {line}")
    if asked.out:
        rows = [[one.path, one.function, one.was, one.becomes] for one in survived]
        asked.out.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 1 if left or wrong else 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.run", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--module", action="append", help="only these modules of the groups")
    parser.add_argument("--sample", type=int, help="only so many mutants of each group, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--out", type=Path, help="write the survivors into this file")
    parser.add_argument("--again", type=Path, help="only the survivors in this file")
    parser.add_argument("--show", action="store_true", help="print survivors as entries for equivalent.toml")
    parser.add_argument("--killers", type=Path, help="write each mutant and the test that killed it")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    return asked


def _prepare() -> None:
    """Import what is slow, all but the package, and settle hypothesis: each child inherits it."""
    for name in _FIRST_IMPORTED:
        import_module(name)
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=30,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    os.environ["POSTMORTEM_TEST_EXAMPLES"] = "30"


def _only(groups: dict[str, Group], modules: list[str]) -> dict[str, Group]:
    found = {}
    for name, group in groups.items():
        paths = tuple(path for path in group.paths(ROOT) if path in modules)
        if paths:
            found[name] = Group(paths, group.tests)
    return found


def _run(group: Group, asked: argparse.Namespace) -> tuple[list[Mutant], list[Mutant]]:
    """Return the mutants of a group that were tried, and those that survived."""
    modules = [Module(ROOT, path) for path in group.paths(ROOT)]
    tried = _chosen([one for module in modules for one in module.mutants], asked)
    rows = _in_memory(group, modules, tried, asked.jobs)
    by_path = {module.path: module for module in modules}
    by_key = {(one.path, one.number): one for one in tried}
    killed = {key: test for key, verdict, test, _ in rows if verdict == KILLED}
    late: dict[tuple[str, int], list[str]] = {
        key: names for key, verdict, _, names in rows if verdict != KILLED
    }
    order = list(late)
    children = Children(asked.jobs)

    def note(ended: Iterable[tuple[int, int, str]]) -> None:
        for number, verdict, test in ended:
            if verdict != SURVIVED:
                killed[order[number]] = test

    for number, key in enumerate(order):
        mutant, names = by_key[key], late[key]
        if names:
            module = by_path[mutant.path]

            def job(
                module: Module = module, mutant: Mutant = mutant, names: list[str] = names
            ) -> tuple[int, str]:
                return tested_afresh(module, mutant, names, ROOT)

            note(children.start(number, job, 60 + len(names) * 0.2))
    note(children.wait())
    if asked.killers:
        with asked.killers.open("a", encoding="utf-8") as file:
            for key, test in sorted(killed.items()):
                print(f"{by_key[key].told()}\n    {test}", file=file)
    return tried, [one for one in tried if (one.path, one.number) not in killed]


def _chosen(mutants: list[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    if asked.again:
        rows = {tuple(row) for row in json.loads(asked.again.read_text(encoding="utf-8"))}
        mutants = [one for one in mutants if (one.path, one.function, one.was, one.becomes) in rows]
    if asked.sample and asked.sample < len(mutants):
        drawn = random.Random(asked.seed).sample(range(len(mutants)), asked.sample)
        mutants = [mutants[index] for index in sorted(drawn)]
    return mutants


Row = tuple[tuple[str, int], int, str, list[str]]


def _in_memory(group: Group, modules: list[Module], tried: list[Mutant], jobs: int) -> list[Row]:
    """Run pytest in a child that maps the tests and tries each mutant; return what it found of each."""
    with tempfile.TemporaryDirectory() as folder:
        out, log = Path(folder) / "rows", Path(folder) / "log"
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                number = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
                os.dup2(number, 1)
                os.dup2(number, 2)
                chosen = {(one.path, one.number) for one in tried}
                plugin = Mapping(ROOT, in_memory(modules, chosen, jobs, out, ROOT))
                tests = [path for path in group.tests if (ROOT / path).exists()]
                code = int(
                    pytest.main([*options(ROOT), "-s", "-k", f"not ({UNFIT})", *tests], plugins=[plugin])
                )
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        if status or not out.exists():
            raise SystemExit(log.read_text(encoding="utf-8")[-5_000:])
        lines = out.read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return [((path, number), verdict, test, names) for path, number, verdict, test, names in rows]


def _print_table(name: str, tried: list[Mutant], lived: list[Mutant], argued: list[Mutant]) -> None:
    total, alive, said = (Counter(one.path for one in some) for some in (tried, lived, argued))
    print(f"{name:<48} mutants  killed  argued    left   score")
    for path in (*total, ""):
        all_, live, ok = (
            (total[path], alive[path], said[path]) if path else (len(tried), len(lived), len(argued))
        )
        share = 100 * (all_ - live + ok) / all_ if all_ else 100
        print(
            f"{path or 'all of ' + name:<48} {all_:>7} {all_ - live:>7} {ok:>7} {live - ok:>7} {share:>6.1f}%"
        )
    print(flush=True)


def _entry(one: Mutant) -> str:
    rows = {
        "module": one.path,
        "function": one.function,
        "was": one.was,
        "becomes": one.becomes,
        "reason": "",
    }
    return "\n[[mutant]]\n" + "\n".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items()
    )


if __name__ == "__main__":
    sys.exit(main())
