"""`postmortem new`: a commented log to fill in, never over an existing file."""

from __future__ import annotations

import re
from pathlib import Path

import click

from postmortem.cli.console import give
from postmortem.cli.options import CannotWrite, cannot_write
from postmortem.ground.terminal import clean

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?=\D|\Z)")

TEMPLATE = """\
# An incident log. Write what each source says happened, when it says so, and how sure it is.
# Check it:   postmortem check {file}
# Render it:  postmortem render {file}
# All keys:   postmortem schema          A rule in full:  postmortem explain PM205

format: postmortem/1
title: {title}
date: {day}                 # the day of bare clock times
timezone: {zone}                    # their zone, and the report's own: UTC or a name like Europe/Paris
status: ongoing                  # ongoing, mitigated, resolved
# severity: SEV2                 # your own label
# audience: public               # without it the log is internal
summary: |
  Two or three sentences: what people could not do, for how long, and what ended it.

components:
  service: {{title: The service}}  # what was affected

measures:
  users: {{title: Users affected, unit: users, kind: gauge}}

# Where knowledge comes from. kind: telemetry, alert, chat, document, press, observer, participant, vendor.
# reliability: A (always right) to F (cannot be judged). clock: ±2m says how its clock may be off.
sources:
  pager: {{title: The pager, kind: alert, reliability: B}}
  chat: {{title: The incident channel, kind: chat, reliability: B}}

# Times: 18:20, 18:20:05, about 18:20, 18:20 to 18:25, by 18:30, after 18:30,
#        20m after impact, about 5m before restored, between impact and restored, T+20m
# Kinds: scheduled, trigger, impact, fault, crash, count, detected, acknowledged, declared, escalated,
#        update, statement, action, restart, mitigated, resumed, resolved, note
timeline:
  - id: impact
    at: 09:00
    kind: impact
    what: The first request fails.
    component: service
    source: pager

  - id: detected
    at: about 5m after impact
    kind: detected
    what: An alert fires.
    source: pager

  - id: size
    at: after detected
    kind: count
    what: About a thousand users are affected.
    counts: {{users: ~1k}}
    source: chat

  # When sources tell one event differently, write each as a claim. A conflict needs a ruling:
  # - id: restored
  #   kind: resolved
  #   what: Requests succeed again.
  #   claims:
  #     - {{source: pager, at: 09:40}}
  #     - {{source: chat, at: 09:55, stated: "back at five to ten"}}
  #   ruling: {{prefer: pager, because: The alert closed by itself; the message came later.}}

# factors:
#   - {{id: surge, what: Twice the usual load., kind: trigger, leads_to: [impact], evidence: [pager],
#      confidence: likely}}
# actions:
#   - {{id: a1, what: Alert on queue length., kind: detect, owner: the on-call lead, due: {day},
#      addresses: [surge], verify: A load test raises the alert.}}
questions:
  - what: What is still not known?
"""


@click.command("new", short_help="Write a commented incident log to fill in")
@click.argument("name")
@click.option("--title", default=None, help="The incident's title.")
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    envvar="POSTMORTEM_TIMEZONE",
    help="The zone of clock times.",
)
@click.option(
    "--now",
    metavar="DATE",
    default=None,
    envvar="POSTMORTEM_NOW",
    help="The day to write where NAME begins with none (default: that of SOURCE_DATE_EPOCH where it is set, "
    "else today).",
)
def command(name: str, title: str | None, timezone: str, now: str | None) -> None:
    """Write NAME.yaml: a commented log that checks clean, to fill in.

    NAME may begin with a date (2023-05-24-live-audio) and may lie in a folder (incidents/NAME).
    An existing file is never written over.
    """
    path = Path(name)
    stem = path.name.removesuffix(".yaml").removesuffix(".yml")
    if not _NAME.match(stem):
        raise click.UsageError(
            f"{path.name!r} is not a name: letters, digits, '.', '-' and '_', like 2023-05-24-live-audio"
        )
    path = path if path.suffix in (".yaml", ".yml") else path.with_name(stem + ".yaml")
    day = _day(stem, now)
    text = TEMPLATE.format(
        file=clean(str(path), lines=False), title=_title(title, stem), day=day, zone=_zone(timezone)
    )
    _create(path, text.encode("utf-8", "backslashreplace"))
    shown = clean(str(path), lines=False)
    give(f"wrote {shown}\nnext: fill it in, then  postmortem check {shown}\n")


def _create(path: Path, data: bytes) -> None:
    from postmortem.ground.files import create_whole, make_folders

    try:
        make_folders(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        create_whole(path, data)
    except FileExistsError:
        raise CannotWrite(f"`{path}` is there already; nothing was changed. Choose another name.") from None
    except OSError as error:
        raise cannot_write(path, error) from error


def _title(title: str | None, stem: str) -> str:
    from json import dumps

    if title is not None:
        _refuse_title(title)
    words = title if title is not None else _DAY.sub("", stem, count=1).strip("-_. ").replace("-", " ")
    if title is None and re.fullmatch(r"[A-Za-z][A-Za-z0-9 ]*", words):
        return words[0].upper() + words[1:]
    return dumps(words or stem, ensure_ascii=False)


def _refuse_title(title: str) -> None:
    """Refuse a title that no log may hold: the log that it would stand in would not check clean."""
    from postmortem.check.rules.lengths import LONGEST_TEXT
    from postmortem.ground.characters import forbidden_in, name_of

    if (found := forbidden_in(title)) is not None:
        sign = found.findall(title)[0]
        raise click.UsageError(f"the title holds {name_of(sign)}, which is not allowed in a log")
    if len(title.encode("utf-8", "backslashreplace")) > LONGEST_TEXT:
        raise click.UsageError("the title is longer than the 64 KB that a text of a log may hold")


def _day(stem: str, now: str | None) -> str:
    from postmortem.cli.moments import day_of

    found = _DAY.match(stem)
    return day_of(found.group(1) if found else now).isoformat()


def _zone(name: str) -> str:
    from postmortem.model.times import zone_of

    if name not in ("UTC", "GMT") and "/" not in name:
        raise click.UsageError(f"{name!r} is not a zone; write UTC or a name like Europe/Paris")
    if zone_of(name) is None:
        raise click.UsageError(f"there is no zone {name!r}; write UTC or a name like Europe/Paris")
    return name
