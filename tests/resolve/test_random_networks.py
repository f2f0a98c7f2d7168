"""Random networks against an oracle of their own: all pairs by Floyd and Warshall, no code shared.

`POSTMORTEM_NETWORKS=100000` sets how many are tried, `POSTMORTEM_SEED` where they begin.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from random import Random

import pytest

from postmortem.model.stated import Base, Bound
from postmortem.resolve.points import Points
from postmortem.resolve.rulings import Ruled, Rulings
from postmortem.resolve.statements import Aspect, Statement
from postmortem.resolve.weighing import Weighed

HOW_MANY = int(os.environ.get("POSTMORTEM_NETWORKS", "400"))
SEED = int(os.environ.get("POSTMORTEM_SEED", "1"))

Name = str
Range = tuple[int | None, int | None]


@dataclass(frozen=True)
class Told:
    """One statement as the oracle reads it: where ``point`` lies from each of ``bounds``' origins."""

    element: int
    event: int
    point: Name
    bounds: tuple[tuple[Name, int | None, int | None], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Net:
    events: int
    clocks: tuple[tuple[str, int, int], ...]
    told: tuple[Told, ...]
    ended: frozenset[int]


def some_net(random: Random, events: int = 5, claims: int = 9, size: int = 12) -> Net:
    """Return a network of claims; many contradict."""
    count = random.randint(1, events)
    clocks = []
    for name in ("s0", "s1"):
        if random.random() < 0.4:
            low = random.randint(-3, 3)
            clocks.append((name, low, low + random.randint(0, 4)))
    told = []
    ended = set()
    element = len(clocks)
    for _ in range(random.randint(0, claims)):
        event = random.randrange(count)
        sources = tuple(sorted(random.sample(["s0", "s1", "s2"], random.choice([0, 1, 1, 1, 2]))))
        for aspect in random.choice([("at",), ("at",), ("at",), ("end",), ("at", "end"), ("for",)]):
            point = f"{event}" if aspect == "at" else f"{event}.end"
            if aspect != "at":
                ended.add(event)
            bounds: list[tuple[Name, int | None, int | None]] = []
            for _ in range(random.choice([1, 1, 1, 2])):
                origin = "zero"
                if aspect == "for":
                    origin = f"{event}"
                elif random.random() < 0.5:
                    other = random.randrange(count)
                    origin = f"{other}"
                    if random.random() < 0.2:
                        origin += ".end"
                        ended.add(other)
                begin = random.randint(-size, size)
                width = random.choice([0, 1, 2, 5])
                cut = random.random()
                if aspect == "for":
                    begin, width, cut = random.randint(0, size), 0, 1.0
                bounds.append(
                    (origin, None if cut < 0.15 else begin, None if 0.15 <= cut < 0.3 else begin + width)
                )
                if aspect == "for":
                    break
            told.append(Told(element, event, point, tuple(bounds), sources))
        element += 1
    return Net(count, tuple(clocks), tuple(told), frozenset(ended))


def weighed(net: Net, rulings: Rulings | None = None) -> Weighed:
    """Return what the code makes of it."""
    keys = [f"e{index}" for index in range(net.events)]
    ids: dict[str | None, int] = {key: index for index, key in enumerate(keys)}
    points = Points([name for name, _, _ in net.clocks], net.events, ids, net.ended)
    statements = [
        Statement(
            number, ("sources", name, "clock"), "", (name,), None, "at", (Bound(None, low, high, low, 0, 0),)
        )
        for number, (name, low, high) in enumerate(net.clocks)
    ]
    for number, one in enumerate(net.told):
        spans = one.point.endswith(".end") and all(origin == f"{one.event}" for origin, _, _ in one.bounds)
        bounds = tuple(
            Bound(
                None
                if origin == "zero" or spans
                else Base(f"e{origin.split('.')[0]}", origin.endswith(".end")),
                low,
                high,
                low,
                place,
                place + 1,
            )
            for place, (origin, low, high) in enumerate(one.bounds)
        )
        aspect: Aspect = "end" if one.point.endswith(".end") else "at"
        statements.append(
            Statement(one.element, ("told", number), "", one.sources, one.event, aspect, bounds, spans)
        )
    return Weighed(points, statements, rulings or Rulings({}, frozenset(), ()), keys)


class Oracle:
    """All pairs, cubed: ``most[u][v]`` is how far v can lie after u; None at all if nothing can hold."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.names = ["zero", *(name for name, _, _ in net.clocks), *(f"{i}" for i in range(net.events))]
        self.names += [f"{i}.end" for i in sorted(net.ended)]

    def edges(self, told: list[Told], clocks: list[int]) -> list[tuple[Name, Name, int]]:
        edges = [(f"{i}.end", f"{i}", 0) for i in self.net.ended]
        links: list[tuple[Name, Name, int | None, int | None]] = []
        for number in clocks:
            name, low, high = self.net.clocks[number]
            links.append(("zero", name, low, high))
        own = {name for name, _, _ in self.net.clocks}
        for one in told:
            for origin, least, most in one.bounds:
                origins = {origin}
                if origin == "zero" and one.sources:
                    origins = {source if source in own else "zero" for source in one.sources}
                links += [(place, one.point, least, most) for place in sorted(origins)]
        for u, v, lowest, highest in links:
            if highest is not None:
                edges.append((u, v, highest))
            if lowest is not None:
                edges.append((v, u, -lowest))
        return edges

    def all_pairs(
        self, told: list[Told], clocks: list[int] | None = None
    ) -> dict[Name, dict[Name, int]] | None:
        clocks = list(range(len(self.net.clocks))) if clocks is None else clocks
        most: dict[Name, dict[Name, int]] = {u: {u: 0} for u in self.names}
        for u, v, weight in self.edges(told, clocks):
            most[u][v] = min(weight, most[u].get(v, weight))
        for k in self.names:
            for u in self.names:
                if k in most[u]:
                    here = most[u][k]
                    for v, further in most[k].items():
                        if here + further < most[u].get(v, here + further + 1):
                            most[u][v] = here + further
        return None if any(most[u][u] < 0 for u in self.names) else most


def point_of(result: Weighed, name: Name) -> int:
    if name == "zero":
        return 0
    if name in result.points.clocks:
        return result.points.clocks[name]
    index = int(name.split(".")[0])
    return result.points.ends[index] if name.endswith(".end") else result.points.starts[index]


def told_of(net: Net, number: int) -> Told:
    return net.told[number - len(net.clocks)]


def assert_bounds(net: Net, result: Weighed, most: dict[Name, dict[Name, int]]) -> None:
    oracle = Oracle(net)
    for name in oracle.names:
        earliest = -most[name]["zero"] if "zero" in most[name] else None
        assert result.ranges[point_of(result, name)] == (earliest, most["zero"].get(name)), name
    for u, v in product(oracle.names, oracle.names):
        if u == v or "zero" in (u, v):
            continue
        apart = result.distance(point_of(result, u), point_of(result, v))
        low = -most[v][u] if u in most[v] else None
        assert (apart.low, apart.high) == (low, most[u].get(v)), (u, v)
        sure = result.surely_before(point_of(result, u), point_of(result, v))
        assert sure == (low is not None and low >= 0), (u, v)


def assert_proven(net: Net, result: Weighed, most: dict[Name, dict[Name, int]]) -> None:
    """The claims of a proof alone, with nothing else, give the very bound that they prove."""
    oracle = Oracle(net)
    for name in oracle.names:
        if name == "zero":
            continue
        bounds = result.bounds(point_of(result, name))
        for value, proof, latest in (
            (bounds.earliest, bounds.proof_earliest, False),
            (bounds.latest, bounds.proof_latest, True),
        ):
            if value is None:
                assert proof == ()
                continue
            told = [net.told[step.route[1]] for step in proof if step.route[0] == "told"]  # type: ignore[index]
            names = [name for name, _, _ in net.clocks]
            clocks = [names.index(str(step.route[1])) for step in proof if step.route[0] == "sources"]
            alone = oracle.all_pairs(told, clocks)
            assert alone is not None
            assert (alone["zero"][name] if latest else -alone[name]["zero"]) == value


def assert_contradictions(net: Net, result: Weighed) -> None:
    """What is kept is what the file's order keeps; nothing in a contradiction can be spared."""
    oracle = Oracle(net)
    taken: list[Told] = []
    found = {one.rejected: one for one in result.settlement.contradictions}
    assert len(found) == len(result.settlement.contradictions)
    for number, one in enumerate(net.told, start=len(net.clocks)):
        if oracle.all_pairs([*taken, one]) is not None:
            assert number not in found
            taken.append(one)
            continue
        parties = {party.number for party in found[number].parties}
        clocks = {party for party in parties if party < len(net.clocks)}
        elements = {told_of(net, party).element for party in parties - clocks}
        assert one.element in elements
        assert found[number].miss > 0
        whole = [each for each in (*taken, one) if each.element in elements]
        assert oracle.all_pairs(whole, sorted(clocks)) is None
        for spared in elements:
            rest = [each for each in whole if each.element != spared]
            assert oracle.all_pairs(rest, sorted(clocks)) is not None
        for spared in clocks:
            assert oracle.all_pairs(whole, sorted(clocks - {spared})) is not None
        if len(parties) == 2 and not clocks and len(whole) == 2 and all(len(t.bounds) == 1 for t in whole):
            # Wider by less than the miss it still contradicts, wider by the miss it does not.
            assert widened(oracle, whole, found[number].miss - 1) is None
            assert widened(oracle, whole, found[number].miss) is not None
    kept = frozenset(
        n for n, one in enumerate(net.told, start=len(net.clocks)) if one in taken and n not in found
    )
    assert result.settlement.kept == kept | frozenset(range(len(net.clocks)))


def widened(oracle: Oracle, whole: list[Told], by: int) -> dict[Name, dict[Name, int]] | None:
    one = whole[0]
    bounds = tuple(
        (origin, None if low is None else low - by, None if high is None else high + by)
        for origin, low, high in one.bounds
    )
    return oracle.all_pairs([Told(one.element, one.event, one.point, bounds, one.sources), *whole[1:]], [])


def test_bounds_distances_proofs_and_contradictions_are_those_of_the_oracle() -> None:
    random = Random(SEED)
    contradicted = 0
    for number in range(HOW_MANY):
        net = some_net(random)
        result = weighed(net)
        kept = [one for n, one in enumerate(net.told, len(net.clocks)) if n in result.settlement.kept]
        most = Oracle(net).all_pairs(kept)
        assert most is not None, number
        assert_contradictions(net, result)
        assert_bounds(net, result, most)
        assert_proven(net, result, most)
        contradicted += bool(result.settlement.contradictions)
    assert 0.2 < contradicted / HOW_MANY < 0.9


def test_long_chains_and_crossroads_are_those_of_the_oracle() -> None:
    random = Random(SEED + 1)
    for _ in range(max(3, HOW_MANY // 400)):
        count = 40
        told = []
        for event in range(count):
            origin = f"{random.choice([0, max(0, event - 1), min(count - 1, event + 1)])}"
            if origin == f"{event}":
                origin = "zero"
            low = random.randint(-5, 20)
            told.append(Told(event, event, f"{event}", ((origin, low, low + random.randint(0, 9)),), ()))
        for extra in range(90):
            told.append(Told(count + extra, 0, f"{random.randrange(count)}", (("0", -500, 500 + extra),), ()))
        told = [
            Told(t.element, int(t.point), t.point, t.bounds, t.sources)
            for t in told
            if t.point != t.bounds[0][0]
        ]
        net = Net(count, (), tuple(told), frozenset())
        result = weighed(net)
        kept = [one for n, one in enumerate(net.told) if n in result.settlement.kept]
        most = Oracle(net).all_pairs(kept)
        assert most is not None
        assert_bounds(net, result, most)


def consistent(random: Random) -> tuple[Net, Weighed]:
    while True:
        net = some_net(random, claims=7)
        result = weighed(net)
        if not result.settlement.contradictions and net.told:
            return net, result


def test_a_further_claim_that_agrees_never_widens_anything() -> None:
    random = Random(SEED + 2)
    for _ in range(HOW_MANY // 4):
        net, whole = consistent(random)
        without = weighed(Net(net.events, net.clocks, net.told[:-1], net.ended))
        for (low, high), (old_low, old_high) in zip(whole.ranges, without.ranges, strict=True):
            assert old_low is None or (low is not None and low >= old_low)
            assert old_high is None or (high is not None and high <= old_high)


def test_the_order_of_claims_does_not_matter() -> None:
    random = Random(SEED + 3)
    for _ in range(HOW_MANY // 4):
        net, result = consistent(random)
        shuffled = list(net.told)
        random.shuffle(shuffled)
        other = weighed(Net(net.events, net.clocks, tuple(shuffled), net.ended))
        assert other.ranges == result.ranges
        assert other.nominals == result.nominals


def test_a_shift_of_all_times_shifts_all_bounds() -> None:
    random = Random(SEED + 4)
    for _ in range(HOW_MANY // 4):
        net, result = consistent(random)
        by = random.choice([-1_684_965_600_000_000, 7, 1_684_965_600_000_000])
        told = tuple(
            Told(
                one.element,
                one.event,
                one.point,
                tuple(
                    (origin, low, high)
                    if origin != "zero"
                    else (origin, None if low is None else low + by, None if high is None else high + by)
                    for origin, low, high in one.bounds
                ),
                one.sources,
            )
            for one in net.told
        )
        other = weighed(Net(net.events, net.clocks, told, net.ended))
        for point in (*result.points.starts, *result.points.ends.values()):
            low, high = result.ranges[point]
            moved = (None if low is None else low + by, None if high is None else high + by)
            assert other.ranges[point] == moved
            old, new = result.nominals[point].value, other.nominals[point].value
            assert new == (None if old is None else old + by)
            assert other.nominals[point].named == result.nominals[point].named


def ruled_net(random: Random, ruled: Ruled) -> tuple[Net, Weighed, int]:
    """Return a network in which one event has two claims or more on its start, and a ruling on them."""
    while True:
        net = some_net(random, events=4, claims=7)
        starts = [one for one in net.told if one.event == 0 and one.point == "0"]
        if len(starts) < 2:
            continue
        result = weighed(net, Rulings({0: ruled}, frozenset(), ()))
        if (0, "at") in result.settlement.applied and not result.settlement.contradictions:
            return net, result, len(starts)


def test_an_open_conflict_covers_every_claim_resolved_alone() -> None:
    random = Random(SEED + 5)
    for _ in range(HOW_MANY // 8):
        net, result, _ = ruled_net(random, Ruled((), ""))
        if (0, "end") in result.settlement.applied:
            continue
        oracle = Oracle(net)
        mine = [one for one in net.told if one.event == 0 and one.point == "0"]
        rest = [one for one in net.told if one not in mine]
        alone = [most for one in mine if (most := oracle.all_pairs([*rest, one])) is not None]
        for most in alone:
            # Whichever claim holds, no point lies outside what is shown for it.
            assert_within(oracle, result, most)
        if len(alone) == len(mine):
            lows = [-most["0"]["zero"] if "zero" in most["0"] else None for most in alone]
            highs = [most["zero"].get("0") for most in alone]
            assert result.ranges[result.points.starts[0]] == (
                None if None in lows else min(one for one in lows if one is not None),
                None if None in highs else max(one for one in highs if one is not None),
            )


def assert_within(oracle: Oracle, result: Weighed, most: dict[Name, dict[Name, int]]) -> None:
    for name in oracle.names:
        low, high = result.ranges[point_of(result, name)]
        assert low is None or ("zero" in most[name] and low <= -most[name]["zero"]), name
        assert high is None or (name in most["zero"] and high >= most["zero"][name]), name


def test_open_starts_and_ends_of_several_events_never_leave_out_what_may_be() -> None:
    random = Random(SEED + 7)
    tried = 0
    while tried < HOW_MANY // 8:
        net = some_net(random, events=3, claims=8)
        ruled = {event: Ruled((), "") for event in range(net.events)}
        result = weighed(net, Rulings(ruled, frozenset(), ()))
        if not result.settlement.applied or result.settlement.contradictions:
            continue
        tried += 1
        oracle = Oracle(net)
        opened = {f"{e}" if aspect == "at" else f"{e}.end" for e, aspect in result.settlement.applied}
        rest = [one for one in net.told if one.point not in opened]
        choices = [[one for one in net.told if one.point == point] for point in sorted(opened)]
        for chosen in product(*choices):
            most = oracle.all_pairs([*rest, *chosen])
            if most is not None:
                assert_within(oracle, result, most)


def test_a_preferred_source_leaves_the_network_that_its_claims_make() -> None:
    random = Random(SEED + 6)
    for _ in range(HOW_MANY // 8):
        net, result, _ = ruled_net(random, Ruled(("s0",), ""))
        applied = {"0" if aspect == "at" else "0.end" for _, aspect in result.settlement.applied}
        kept = [one for one in net.told if one.point not in applied or "s0" in one.sources]
        most = Oracle(net).all_pairs(kept)
        assert most is not None
        assert_bounds(net, result, most)


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_a_chain_of_durations_is_exact_at_its_far_end(order: str) -> None:
    count = 300
    told = []
    for event in range(count):
        if event == count - 1:
            told.append(Told(event, event, f"{event}", (("zero", 1000, 1000),), ()))
        else:
            told.append(Told(event, event, f"{event}", ((f"{event + 1}", -5, -5),), ()))
    if order == "backwards":
        told.reverse()
    result = weighed(Net(count, (), tuple(told), frozenset()))
    assert result.ranges[result.points.starts[0]] == (1000 - 5 * (count - 1),) * 2
    assert len(result.bounds(result.points.starts[0]).proof_latest) == count
