"""One run of pytest that collects, maps tests to the lines they run, and then forks for each mutant."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.children import KILLED, SURVIVED, UNFIT, Children
from tests.mutation.loaded import Loaded, caches
from tests.mutation.mutants import Module, Mutant
from tests.mutation.reach import Reach
from tests.mutation.store import Store

SECONDS = 40.0
"""Of a processor for each mutant, as measured while lines are noted, which takes several times as long.

Slower tests are not asked, which can only make the score worse.
"""

EXAMPLES = 30
"""Examples of hypothesis for each test and mutant: enough to notice, and a run of thousands stays short."""


@dataclass
class Seen:
    """What the tests did without a mutation: seconds of each, and the tests that ran a line."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]


class Mapping:
    """A plugin of pytest that runs all tests once, noting the lines they run, and hands over."""

    def __init__(self, root: Path, then: Callable[[Seen, dict[str, pytest.Item]], None]) -> None:
        self._root = root
        self._then = then

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the loop that runs tests."""
        import coverage

        if session.testsfailed or not session.items:
            raise session.Failed("the tests cannot be collected")
        items = {item.nodeid: item for item in session.items}
        few_examples(session.items)
        cover = coverage.Coverage(
            data_file=None, source=[str(self._root / "postmortem")], config_file=False, messages=False
        )
        seconds: dict[str, float] = {}
        kept = caches()
        cover.start()
        try:
            for item, following in _pairs(session.items):
                for one in kept:
                    one.cache_clear()
                cover.switch_context(item.nodeid)
                began = time.process_time()
                failed = failure(item, following)
                seconds[item.nodeid] = time.process_time() - began
                if failed:
                    pytest.exit(f"{item.nodeid} fails without any mutation:\n{failed}", returncode=1)
        finally:
            cover.stop()
        data = cover.get_data()
        lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        self._then(Seen(seconds, lines), items)
        return True


def _pairs(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=False)


def failure(item: pytest.Item, following: pytest.Item | None) -> str:
    """Run one test and return what failed, empty where nothing did."""
    for report in runtestprotocol(item, log=False, nextitem=following):
        if report.failed:
            return str(report.longrepr) or "it failed"
    return ""


def affordable(names: Iterable[str], seconds: dict[str, float]) -> list[str]:
    """Return the quickest of the tests, as many as a mutant may cost; one at least."""
    spent = 0.0
    found: list[str] = []
    for name in sorted(names, key=lambda one: (seconds[one], one)):
        spent += seconds[name]
        if found and spent > SECONDS:
            break
        found.append(name)
    return found


def few_examples(items: Sequence[pytest.Item]) -> None:
    """Let tests of hypothesis that ask for many examples make do with a few."""
    from hypothesis import settings

    for item in items:
        inner: Any = getattr(item, "obj", None)
        own = getattr(inner, "_hypothesis_internal_use_settings", None)
        if own is not None and own.max_examples > EXAMPLES:
            inner._hypothesis_internal_use_settings = settings(own, max_examples=EXAMPLES)


def in_memory(
    modules: list[Module], chosen: set[tuple[str, int]], jobs: int, out: Path, root: Path, store: Store
) -> Callable[[Seen, dict[str, pytest.Item]], None]:
    """Return what is done after mapping: every chosen mutant is put in place in a child, and tested there."""

    def work(seen: Seen, items: dict[str, pytest.Item]) -> None:
        reach = Reach(root, seen.lines)
        kept = caches()
        queue = [(module, one) for module in modules for one in module.mutants]
        queue = [(module, one) for module, one in queue if (one.path, one.number) in chosen]
        children = Children(jobs)
        loaded = {module.path: Loaded(module) for module in modules}
        killers: dict[str, list[str]] = {}

        with out.open("w", encoding="utf-8", newline="\n") as file:

            def note(ended: Iterator[tuple[int, int, str]]) -> None:
                for key, verdict, test in ended:
                    mutant = queue[key][1]
                    if verdict == KILLED and test in items:
                        for place, most in ((mutant.path + mutant.function, 5), (mutant.path, 25)):
                            near = killers.setdefault(place, [])
                            near[:] = [test, *(one for one in near if one != test)][:most]
                    if verdict == KILLED:
                        store.keep(mutant, test)
                    row = [mutant.path, mutant.number, verdict, test, asked[key]]
                    file.write(json.dumps(row) + "\n")
                    file.flush()

            asked: dict[int, list[str]] = {}
            for key, (_, mutant) in enumerate(queue):
                names = affordable(reach.tests_of(mutant), seen.seconds)
                near = [*killers.get(mutant.path + mutant.function, ()), *killers.get(mutant.path, ())]
                first = list(dict.fromkeys(one for one in near if one in names))
                names = [*first, *(one for one in names if one not in first)]
                asked[key] = names

                def job(mutant: Mutant = mutant, names: list[str] = names) -> tuple[int, str]:
                    for one in kept:
                        one.cache_clear()
                    # What other names were made from when they were imported would change nothing by itself.
                    if reach.others_made_from(mutant) or not loaded[mutant.path].put(mutant):
                        return UNFIT, ""
                    chain = [items[one] for one in names]
                    for item, following in _pairs(chain):
                        signal.setitimer(signal.ITIMER_PROF, 1 + 10 * seen.seconds[item.nodeid])
                        if failure(item, following):
                            return KILLED, item.nodeid
                    return SURVIVED, ""

                spent = sum(seen.seconds[one] for one in names)
                note(children.start(key, job, 3 + 4 * spent))
            note(children.wait())

    return work
