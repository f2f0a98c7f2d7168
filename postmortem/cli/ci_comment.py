"""The one comment of a pull request: found by its first line, written anew, posted if it is not there."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

MARKER = "<!-- postmortem review -->"
"""The first line of our comment, by which a later run finds it."""

_PAGES = 30
_PER_PAGE = 100
_SECONDS = 30
_LARGEST = 32 << 20
_TOKEN = re.compile("[!-~]+")


class Refused(Exception):
    """GitHub did not take the comment; the text says why, in its words."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow no redirect: the token goes to the one address it is for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where comments go: the API's address, the repository `owner/name`, the pull request's number."""

    api: str
    repository: str
    number: int
    token: str
    author: str

    def put(self, text: str, *, only_anew: bool = False) -> str:
        """Post the comment, or write it anew where it is there already; return which of them was done.

        ``only_anew``: there is nothing to tell, so that only a comment of an earlier run is corrected.
        """
        body = f"{MARKER}\n{text}"
        own = self._own()
        if own is None and only_anew:
            return "not needed"
        if own is None:
            self._call("POST", f"issues/{self.number}/comments", {"body": body})
            return "posted"
        if own["body"] == body:
            return "unchanged"
        self._call("PATCH", f"issues/comments/{own['id']}", {"body": body})
        return "updated"

    def _own(self) -> dict[str, Any] | None:
        # Anyone may write our first line into a comment of theirs: only our own is ours to change.
        for page in range(1, _PAGES + 1):
            found = self._call("GET", f"issues/{self.number}/comments?per_page={_PER_PAGE}&page={page}")
            if not isinstance(found, list):
                raise Refused("the list of comments is not what it should be")
            for one in found:
                if not isinstance(one, dict):
                    raise Refused("the list of comments is not what it should be")
                login = one.get("user", {}).get("login") if isinstance(one.get("user"), dict) else None
                if (
                    login == self.author
                    and str(one.get("body", "")).startswith(MARKER)
                    and isinstance(one.get("id"), int)
                ):
                    return {"id": one["id"], "body": one["body"]}
            if len(found) < _PER_PAGE:
                break
        return None

    def _call(self, method: str, path: str, payload: object = None) -> Any:
        if not _is_safe(self.api):
            raise Refused("the address of the API does not begin with https://")
        if _TOKEN.fullmatch(self.token) is None:
            # The library's own words would show all of it.
            raise Refused("the token holds a blank, a line end or another sign that no token has")
        request = urllib.request.Request(
            f"{self.api.rstrip('/')}/repos/{self.repository}/{path}",
            method=method,
            data=None if payload is None else json.dumps(payload).encode("utf-8"),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "postmortem",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
                return json.loads(answer.read(_LARGEST) or b"null")
        except urllib.error.HTTPError as error:
            raise Refused(f"{error.code} {error.reason}") from error
        except HTTPException as error:
            # Neither an OSError nor a ValueError: an answer that is no HTTP, or breaks off.
            raise Refused("the answer breaks off, or is none that can be read") from error
        except (OSError, ValueError, RecursionError) as error:
            raise Refused(str(error)) from error


def _is_safe(api: str) -> bool:
    """Tell whether a token may go to an address: over TLS, or to a server on this very machine."""
    try:
        address = urlsplit(api)
        return address.scheme == "https" or (
            address.scheme == "http" and address.hostname in ("127.0.0.1", "localhost")
        )
    except ValueError:
        return False
