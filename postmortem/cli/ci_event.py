"""What a workflow run is about, read from the event that GitHub hands to it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from postmortem.ground.files import read_capped

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 32 << 20
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_NAME = re.compile(r"(?!\.{1,2}/)[\w.-]{1,100}/(?!\.{1,2}\Z)[\w.-]{1,100}\Z", re.ASCII)
_NOTHING = "0"


@dataclass(frozen=True, slots=True)
class Event:
    """An event: the commit to compare with (None: there is none), and the pull request, if it is of one.

    ``own`` tells whether the pull request comes from a branch of the repository itself: only then may the
    token of the run write comments.
    """

    base: str | None
    number: int | None = None
    repository: str | None = None
    own: bool = False


def event_of(environment: Mapping[str, str]) -> Event:
    """Return what a run is about; without an event (or with one of another kind) all logs are."""
    path = environment.get("GITHUB_EVENT_PATH")
    if not path:
        return Event(None)
    try:
        payload = json.loads(read_capped(path, _LARGEST))
    except RecursionError:
        raise click.UsageError("the event of this run is nested deeper than any event is") from None
    except (OSError, ValueError) as error:
        raise click.UsageError(f"the event of this run cannot be read: {error}") from error
    if not isinstance(payload, dict):
        raise click.UsageError("the event of this run is no JSON object")
    request = _map(payload, "pull_request")
    if request:
        return _of_request(request, payload)
    group = _map(payload, "merge_group")
    return Event(_sha(group.get("base_sha")) if group else _sha(payload.get("before")))


def _of_request(request: dict[str, Any], payload: dict[str, Any]) -> Event:
    number = request.get("number", payload.get("number"))
    base, head = _map(request, "base"), _map(request, "head")
    into, of = (_map(one, "repo").get("full_name") for one in (base, head))
    known = isinstance(into, str) and _NAME.match(into) is not None
    return Event(
        _sha(base.get("sha")),
        number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None,
        into if known else None,
        known and into == of,
    )


def _map(of: dict[str, Any], key: str) -> dict[str, Any]:
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def _sha(value: object) -> str | None:
    """Return a commit's name; None for what is none, and for the zeros that stand for a new branch."""
    if not isinstance(value, str) or not _SHA.match(value) or not value.strip(_NOTHING):
        return None
    return value
