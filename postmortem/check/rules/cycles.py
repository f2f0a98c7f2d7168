"""PM218: factors do not lead to themselves."""

from __future__ import annotations

from collections.abc import Iterator

from postmortem.check.facts import Facts
from postmortem.ground.finding import Finding, Related
from postmortem.ground.place import Spot
from postmortem.model.incident import Factor

_MOST_NAMED = 8
_MOST_SAID = 100


def acyclic(facts: Facts) -> Iterator[Finding]:
    """Find the circles in what factors lead to: one for each arrow that closes one."""
    for said, (number, index, circle) in enumerate(_closing_arrows(facts)):
        if said == _MOST_SAID:
            return
        names = [facts.incident.factors[one].id for one in circle]
        shown = names if len(names) <= _MOST_NAMED else [*names[: _MOST_NAMED - 1], "..."]
        yield Finding(
            "PM218",
            f"factors lead in a circle: {' -> '.join((*shown, names[0]))}",
            Spot(("factors", number, "leads_to", index)),
            label="closes the circle",
            help="a factor comes before what it leads to: take out the arrow that runs backwards",
            related=tuple(
                Related(f"`{facts.incident.factors[one].id}` is on it", Spot(("factors", one, "id")))
                for one in circle[:-1][:_MOST_NAMED]
            ),
        )


def _closing_arrows(facts: Facts) -> Iterator[tuple[int, int, list[int]]]:
    """Yield each arrow back into the path that a walk in file order stands on, with the circle it closes."""
    factors, index_of = facts.incident.factors, facts.factors
    done: set[int] = set()
    for start in range(len(factors)):
        if start in done:
            continue
        path, on_path = [start], {start: 0}
        arrows = [_arrows(factors[start], index_of)]
        while path:
            step = next(arrows[-1], None)
            if step is None:
                arrows.pop()
                done.add(path[-1])
                del on_path[path.pop()]
            elif step[1] in on_path:
                yield path[-1], step[0], path[on_path[step[1]] :]
            elif step[1] not in done:
                on_path[step[1]] = len(path)
                path.append(step[1])
                arrows.append(_arrows(factors[step[1]], index_of))


def _arrows(factor: Factor, index_of: dict[str, int]) -> Iterator[tuple[int, int]]:
    return ((n, index_of[name]) for n, name in enumerate(factor.leads_to) if name in index_of)
