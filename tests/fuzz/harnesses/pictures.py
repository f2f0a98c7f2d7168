"""Harness of pictures: any bytes beside a log are a picture that is shown bare, or are refused in words."""

from __future__ import annotations

import re

from postmortem.flow import judge
from postmortem.ground.pictures import MOST_PIXELS, NoPicture, picture_of
from tests.fuzz.harnesses.files import folder
from tests.fuzz.outputs import outputs_of
from tests.fuzz.promises import placed

_ROOM = 64
"""A picture that is turned gets an Exif block of ours, which may be larger than the one it had."""
_LOG = b"""\
format: postmortem/1
title: A picture
date: 2026-03-01
timezone: UTC
status: resolved
summary: "It looked like this: ![the wall](wall.png)"
timeline:
  - {id: a, at: 09:00, kind: impact, what: A.}
"""
_DATA = re.compile(r'<img [^>]*src="data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*" [^>]*>')


def pictures(data: bytes) -> None:
    """What is kept of a picture is one of the same kind and size, of which all is kept; and it is shown."""
    try:
        made = picture_of(data)
    except NoPicture as no:
        assert str(no)
        assert "\n" not in str(no)
        made = None
    if made is not None:
        assert 0 < made.width * made.height <= MOST_PIXELS
        assert len(made.data) <= len(data) + _ROOM
        assert picture_of(made.data) == made, "not bare at once"
    (folder() / "wall.png").write_bytes(data)
    one = judge("log.yaml", _LOG, folder())
    assert one.source is not None
    for found in one.diagnostics:
        placed(found, one.source)
    assert one.sound
    assert (made is None) == any(found.code == "PM230" for found in one.diagnostics)
    if len(data) % 8 == 0:
        page = outputs_of(one)["html"]
        assert (made is not None) == bool(_DATA.search(page))
        assert page.count("<img") == int(made is not None)
