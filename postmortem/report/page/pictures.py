"""Pictures of a page: each inlined where it is first shown, linked to from wherever it is shown again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import unquote

from markupsafe import Markup

from postmortem.ground.pictures import Picture
from postmortem.report.escaping.put import put


class Gallery:
    """The pictures of one page, by the address that the log's texts give; built up while the page is."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = {unquote(address): one for address, one in pictures.items()}
        self._shown: dict[str, int] = {}

    def show(self, address: str, words: str) -> Markup:
        """Return a picture's element with its words; an empty text for one that is not at hand."""
        name = unquote(address)
        one = self._pictures.get(name)
        if one is None:
            return Markup()
        if name in self._shown:
            return put('<a href="#picture-%s">%s</a>', self._shown[name], words)
        self._shown[name] = len(self._shown) + 1
        return put(
            '<img id="picture-%s" src="data:image/%s;base64,%s" width="%s" height="%s" alt="%s">',
            self._shown[name],
            one.kind,
            base64.b64encode(one.data).decode(),
            one.width,
            one.height,
            words,
        )
