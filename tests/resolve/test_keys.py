"""Keys of events: stable, all different, never one that is written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.model.build import understood
from postmortem.model.incident import Event
from postmortem.resolve.keys import keys_of


def event(what: str, name: str | None = None, kind: str = "note") -> Event:
    return understood(Event, {"what": what, "kind": kind} | ({"id": name} if name else {}))


def test_a_key_is_the_id_else_made_from_kind_and_text() -> None:
    assert keys_of(
        [event("The app's door.", "x"), event("The app's **front** door, café.", kind="crash")]
    ) == (
        "x",
        "crash-the-apps-front-door-cafe",
    )


def test_a_long_text_is_cut_between_words() -> None:
    (key,) = keys_of([event("word " * 40)])
    assert key == "note-" + "-".join(["word"] * 9)
    (key,) = keys_of([event("w" * 90)])
    assert key == "note-" + "w" * 48


def test_a_text_without_latin_letters_has_a_key_of_its_own() -> None:
    one, other = keys_of([event("停止"), event("再開")])
    assert one != other
    assert (one,) == keys_of([event("停止")])
    assert one.isascii()
    assert len(one) == len("note-") + 8


def test_equal_texts_are_numbered_past_what_is_written() -> None:
    events = [
        event("Same."),
        event("Same."),
        event("Other.", "note-same-2"),
        event("Same."),
        event("Same.", "note-same"),
    ]
    assert keys_of(events) == ("note-same-3", "note-same-4", "note-same-2", "note-same-5", "note-same")


def test_an_id_written_twice_belongs_to_the_first() -> None:
    assert keys_of([event("One.", "x"), event("Two.", "x")]) == ("x", "note-two")


def test_a_key_does_not_depend_on_what_else_is_there() -> None:
    assert keys_of([event("First."), event("Second.")])[1] == keys_of([event("Second."), event("First.")])[0]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "a b", "é", "停", "!"]), st.sampled_from([None, "note-a", "x"])),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_keys_are_all_different_and_written_ids_stay(stated: list[tuple[str, str | None]]) -> None:
    keys = keys_of([event(what, name) for what, name in stated])
    assert len(set(keys)) == len(stated)
    written = [name for _, name in stated]
    for name in filter(None, written):
        assert keys[written.index(name)] == name


def test_a_key_holds_forty_eight_letters_and_stops_at_the_first_word_that_is_too_long() -> None:
    assert keys_of([event("w" * 23 + " " + "v" * 24)]) == ("note-" + "w" * 23 + "-" + "v" * 24,)
    assert keys_of([event("w" * 23 + " " + "v" * 25)]) == ("note-" + "w" * 23,)
    assert keys_of([event("w" * 40 + " " + "v" * 20 + " u")]) == ("note-" + "w" * 40,)


def test_the_second_of_two_equal_texts_has_the_number_two() -> None:
    assert keys_of([event("Same.")] * 3) == ("note-same", "note-same-2", "note-same-3")


def test_half_of_a_pair_of_surrogates_has_a_key_like_any_text() -> None:
    (key,) = keys_of([event("\ud83d")])
    assert (key.isascii(), len(key)) == (True, len("note-") + 8)
