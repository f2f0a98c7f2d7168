"""Nothing lost, nothing smoothed: every row of the fact sheet stands in the log, where the sheet says."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from postmortem.flow import Judged
from postmortem.model.incident import claims_of
from postmortem.read import Document, Mapping, Node, Scalar, Sequence, decode, read

LOG = Path(__file__).parents[2] / "incidents" / "desantis.yaml"
SHEET = LOG.parents[1] / "seeds" / "desantis.md"
ROW = re.compile(r"^\| ([FA]\d+) \| (.+?) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Carrier:
    """An entry of the log that carries rows of the fact sheet.

    ``place`` is the event's id, or `section.id`; ``sources`` whom the entry cites; ``texts`` all its words,
    with those of the event it belongs to and of the sources it cites.
    """

    place: str
    sources: tuple[str, ...]
    texts: str


Carriers = dict[str, list[Carrier]]
Log = Callable[[str], Judged]


@dataclass(frozen=True)
class Row:
    """One row of the sheet."""

    id: str
    told: str
    sources: set[str]
    places: set[str]


def rows() -> list[Row]:
    return [
        Row(name, told, set(sources.split(", ")) - {"-"}, set(places.split(", ")))
        for name, told, sources, places in ROW.findall(SHEET.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="session")
def carriers() -> dict[str, list[Carrier]]:
    """Which entries of desantis.yaml carry which row of its fact sheet."""
    source, _ = decode(LOG.name, LOG.read_bytes())
    assert source is not None
    document, _ = read(source)
    assert document is not None
    found: dict[str, list[Carrier]] = {}
    for rows, carrier in _carriers(document):
        for row in rows:
            found.setdefault(row, []).append(carrier)
    return found


def _carriers(document: Document) -> Iterator[tuple[tuple[str, ...], Carrier]]:
    root = _map(document.root)
    sources = _map(root["sources"])
    for name, source in sources.items():
        if "x-rows" in _map(source):
            yield _texts(_map(source)["x-rows"]), Carrier(f"sources.{name}", (name,), _words(source))
    for event in _items(root["timeline"]):
        entry = _map(event)
        place, told = _text(entry["id"]), ("what" in entry and _text(entry["what"])) or ""
        for claim in (event, *_items(entry.get("claims"))):
            if "x-rows" in _map(claim):
                cited = _texts(_map(claim).get("source"))
                own = [one for key, one in _map(claim).items() if key != "claims"]
                words = [told, *map(_words, own), *(_words(sources[name]) for name in cited)]
                yield _texts(_map(claim)["x-rows"]), Carrier(place, cited, "\n".join(words))
    for section in ("metrics", "factors", "actions", "perspectives", "questions"):
        for item in _items(root[section]):
            entry = _map(item)
            if "x-rows" in entry:
                place = f"{section}.{_text(entry['id'])}" if "id" in entry else section
                yield _texts(entry["x-rows"]), Carrier(place, _texts(entry.get("source")), _words(item))


def _map(node: Node) -> dict[str, Node]:
    assert isinstance(node, Mapping)
    return {key.text: value for key, value in node.entries}


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _text(node: Node) -> str:
    assert isinstance(node, Scalar)
    return node.text


def _texts(node: Node | None) -> tuple[str, ...]:
    return (node.text,) if isinstance(node, Scalar) else tuple(map(_text, _items(node)))


def _words(node: Node) -> str:
    if isinstance(node, Mapping):
        return "\n".join(_words(value) for _, value in node.entries)
    return node.text if isinstance(node, Scalar) else "\n".join(map(_words, _items(node)))


def test_the_sheet_counts_its_rows_without_a_gap() -> None:
    numbers = [row.id for row in rows()]
    assert numbers == [f"F{n}" for n in range(1, 34)] + [f"A{n}" for n in range(1, 64)]


def test_no_entry_carries_a_row_that_the_sheet_does_not_have(carriers: Carriers) -> None:
    assert set(carriers) <= {row.id for row in rows()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_the_log_carries_the_row_where_the_sheet_says(row: Row, carriers: Carriers) -> None:
    found = carriers.get(row.id, [])
    assert {one.place for one in found} == row.places
    assert {source for one in found for source in one.sources} == row.sources


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_the_words_that_the_sheet_quotes_stand_in_the_log(row: Row, carriers: Carriers) -> None:
    words = "\n".join(one.texts for one in carriers[row.id]).lower()
    for quoted in re.findall(r'"([^"]+)"', row.told):
        assert quoted.lower() in words, quoted


def amount(text: str) -> float | None:
    """Return the number that a source's own words name: 436,000+, 3.2 M, nearly 1 million, a million."""
    if "half a million" in text:
        return 500_000
    if "a million" in text:
        return 1_000_000
    found = re.search(r"(\d+(?:[.,]\d+)*) ?(M\b|million)?", text)
    if found is None:
        return None
    return float(found[1].replace(",", "")) * (1_000_000 if found[2] else 1)


def test_every_count_says_in_our_notation_what_its_source_says(log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    compared = 0
    for index, event in enumerate(incident.timeline):
        for _, claim in claims_of(event, index):
            for count in claim.counts.values():
                named, value = amount(count.stated or ""), count.value.value
                if named is None or value is None or not {value.low, value.nominal, value.high} - {None}:
                    continue
                if event.id == "audio-team-cut":  # "roughly 3" people, by our own bounds
                    continue
                compared += 1
                told = {value.low, value.nominal, value.high}
                assert {named, named / 100 if value.percent else named} & told, (event.id, count.stated)
    assert compared >= 45


def test_every_clock_time_of_a_source_stands_in_our_notation(log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    compared = 0
    for index, event in enumerate(incident.timeline):
        for _, claim in claims_of(event, index):
            named = re.findall(r"\d\d:\d\d", claim.stated or "")
            if named and claim.at is not None and re.search(r"\d\d:\d\d", claim.at.text):
                compared += 1
                assert any(one in claim.at.text for one in named), (event.id, claim.stated, claim.at.text)
    assert compared >= 18


def test_whatever_is_second_hand_is_rated_so(log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    copies = re.compile(r"copied|relayed|quoted|as reported|clip|summary of|repeating")
    rated = {one.title: one.reliability for one in incident.sources.values() if copies.search(one.title)}
    assert len(rated) >= 25
    assert {title: letter for title, letter in rated.items() if letter not in ("C", "D", "E")} == {}


# ── The accounts themselves, read in place ──


def accounts(shared: Path) -> list[dict[str, str]]:
    path = shared / "facts" / "desantis-accounts.tsv"
    if not path.is_file():
        pytest.skip("the accounts are not beside this checkout")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def numbers(text: str) -> set[str]:
    """Return what a text says in figures, written in one way: clock times, days, counts with k and M."""
    found = re.findall(r"\d+(?:[.,:]\d+)*(?: ?[kM]\b)?", text)
    return {re.sub(r"(?<=\d),(?=\d{3})|(?<=\d) (?=[kM])", "", one) for one in found}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\"'*|]", "", text)).lower()


def test_words_are_given_as_a_source_s_own_only_where_the_facts_have_them(shared: Path, log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    folder = shared / "facts"
    facts = plain("".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("desantis*"))))
    told = [
        words
        for index, event in enumerate(incident.timeline)
        for _, claim in claims_of(event, index)
        for words in (
            claim.stated,
            claim.quote and claim.quote.text,
            *(count.stated for count in claim.counts.values()),
        )
        if words
    ]
    assert len(told) > 100
    assert [words for words in told if plain(words) not in facts] == []


def test_every_account_has_its_row(shared: Path) -> None:
    assert len(accounts(shared)) == len([row for row in rows() if row.id.startswith("A")])


def test_every_figure_of_every_account_stands_in_the_log(shared: Path, carriers: Carriers) -> None:
    missing = {}
    for index, account in enumerate(accounts(shared), 1):
        told = numbers("\n".join(one.texts for one in carriers[f"A{index}"]))
        if lost := numbers(account["value"]) - told:
            missing[f"A{index} {account['value']}"] = sorted(lost)
    assert missing == {}


def test_every_address_that_is_known_whole_stands_at_a_source(shared: Path, log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    known = " ".join(source.url or "" for source in incident.sources.values())
    whole = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s;]+")
    missing = [
        address
        for account in accounts(shared)
        for address in whole.findall(account["address"])
        if "..." not in address and address.rstrip("/") not in known
    ]
    assert missing == []


def test_no_source_guesses_an_address_that_is_known_in_part_only(shared: Path, log: Log) -> None:
    incident = log("desantis").incident
    assert incident is not None
    written = " ".join(account["address"] for account in accounts(shared))
    bare = [
        re.sub(r"^https://(www\.)?", "", source.url).rstrip("/")
        for source in incident.sources.values()
        if source.url
    ]
    assert [url for url in bare if url not in written] == []
