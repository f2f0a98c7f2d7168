"""Whatever a log holds, every answer is a finding of the author's: no crash, nothing said twice."""

from __future__ import annotations

import json
import os

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.check.check import check
from postmortem.check.format import keys_of, model_at
from postmortem.ground.source_text import SourceText
from postmortem.model.incident import Incident
from postmortem.read import locate, read

EXAMPLES = int(os.environ.get("POSTMORTEM_TEST_EXAMPLES", "30"))

_PLACES = [
    (),
    ("timeline", 0),
    ("timeline", 0, "claims", 0),
    ("sources", "a"),
    ("metrics", 0),
    ("factors", 0),
]
_KEYS = sorted(
    {key for place in _PLACES for key in keys_of(model_at(place) or Incident)} | {"a", "zz", "x-y", "txt"}
)
_WORDS = [
    "",
    "a",
    "b",
    "a.m",
    "a.end",
    "T",
    "18:20",
    "18:2O",
    "5m after a",
    "true",
    "public",
    "600k",
    "-5",
    "PM302",
]

_texts = st.sampled_from(_WORDS) | st.text(max_size=6)
_values = st.recursive(
    _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=25,
)
_logs = st.dictionaries(st.sampled_from(keys_of(Incident)), _values, max_size=12)
_events = st.lists(
    st.dictionaries(st.sampled_from(keys_of(model_at(("timeline", 0)) or Incident)), _values, max_size=8)
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(_logs, _events)
def test_whatever_stands_in_a_log_is_answered(log: dict[str, object], events: list[object]) -> None:
    sound = {"format": "postmortem/1", "title": "A", "status": "resolved", "timeline": events}
    source = SourceText("log.yaml", json.dumps(sound | log, ensure_ascii=False))
    document, findings = read(source)
    if document is None:
        assert findings
        return
    checked = check(document)
    assert checked.incident is not None
    assert not [one.message for one in checked.findings if one.code == "PM901"]
    places = [(one.code, one.at, one.message) for one in checked.findings]
    assert len(set(places)) == len(places)
    assert checked == check(document)
    for one in checked.findings:
        assert locate(one, source, document).span.line == 1
