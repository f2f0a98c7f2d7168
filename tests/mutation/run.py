"""Mutation testing: change the code in one place at a time, and see whether a test notices.

    python -m tests.mutation.run                         every group; `make mutants` does this
    python -m tests.mutation.run loader resolve          some groups (see groups.py)
    python -m tests.mutation.run --module postmortem/model/points.py
    python -m tests.mutation.run times --sample 300 --seed 7
    python -m tests.mutation.run times --out t.json      keep the survivors in a file ...
    python -m tests.mutation.run times --again t.json    ... and try only those again, after a test was added
    python -m tests.mutation.run times --store build/m   remember kills, and go on from there the next time
    python -m tests.mutation.run times --believe         do not try what is argued, which takes longest
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
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.mutation.equivalents import Equivalent, read_equivalents, stale
from tests.mutation.groups import GROUPS, Group
from tests.mutation.mutants import Mutant
from tests.mutation.trial import Trial, key_of, prepare

ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None, root: Path = ROOT, groups: Mapping[str, Group] = GROUPS) -> int:
    """Run the groups that are asked for; return 0 where no mutant is left and no entry is stale."""
    asked = _arguments(arguments, groups)
    prepare()
    entries = read_equivalents(root / "tests/mutation/equivalent.toml")
    everything: list[Mutant] = []
    survived: list[Mutant] = []
    for name in asked.groups or groups:
        tried, lived = _run(root, groups[name], asked, entries if asked.believe else ())
        _print_table(
            name, tried, lived, [one for one in lived if any(entry.covers(one) for entry in entries)]
        )
        everything += tried
        survived += lived
    left = [one for one in survived if not any(entry.covers(one) for entry in entries)]
    for one in left:
        print(_entry(one) if asked.show else one.told())
    wrong = stale(entries, everything, survived) if not (asked.sample or asked.again or asked.believe) else []
    for line in wrong:
        print(f"stale entry: {line}")
    if asked.out:
        rows = [[one.path, one.function, one.was, one.becomes] for one in survived]
        asked.out.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 1 if left or wrong else 0


def _arguments(arguments: list[str] | None, groups: Mapping[str, Group]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.run", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(groups)}")
    parser.add_argument("--module", action="append", help="only these modules of the groups")
    parser.add_argument("--sample", type=int, help="only so many mutants of each group, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--out", type=Path, help="write the survivors into this file")
    parser.add_argument("--again", type=Path, help="only the survivors in this file")
    parser.add_argument("--store", type=Path, help="remember kills in this file, and go on from there")
    parser.add_argument("--believe", action="store_true", help="do not try what equivalent.toml argues")
    parser.add_argument("--show", action="store_true", help="print survivors as entries for equivalent.toml")
    parser.add_argument("--killers", type=Path, help="write each mutant and the test that killed it")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.groups) - set(groups):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    return asked


def _run(
    root: Path, group: Group, asked: argparse.Namespace, believed: Sequence[Equivalent]
) -> tuple[list[Mutant], list[Mutant]]:
    """Return the mutants of a group that were asked for, and those that survived or are believed to."""
    paths = [path for path in group.paths(root) if not asked.module or path in asked.module]
    if not paths:
        return [], []
    trial = Trial(root, paths, group.tests, asked.jobs, asked.store)
    tried = _chosen(trial.mutants, asked)
    killed = trial.killed([one for one in tried if not any(entry.covers(one) for entry in believed)])
    if asked.killers:
        with asked.killers.open("a", encoding="utf-8") as file:
            for one in tried:
                print(f"{one.told()}\n    {killed.get(key_of(one), 'survived')}", file=file)
    return tried, [one for one in tried if key_of(one) not in killed]


def _chosen(mutants: list[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    if asked.again:
        rows = {tuple(row) for row in json.loads(asked.again.read_text(encoding="utf-8"))}
        mutants = [one for one in mutants if (one.path, one.function, one.was, one.becomes) in rows]
    if asked.sample and asked.sample < len(mutants):
        drawn = random.Random(asked.seed).sample(range(len(mutants)), asked.sample)
        mutants = [mutants[index] for index in sorted(drawn)]
    return mutants


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
