"""An event in public: its public claims, with nothing in them that leads to what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postmortem.ground.record import replace
from postmortem.model.incident import Ruling

if TYPE_CHECKING:
    from postmortem.model.incident import Claim, Event
    from postmortem.model.public_scope import Scope

_NOTHING_SAID: dict[str, Any] = {
    "at": None,
    "until": None,
    "for_": None,
    "source": (),
    "counts": {},
    "quote": None,
    "stated": None,
    "known": None,
    "locator": None,
    "url": None,
    "note": None,
}
WITHHELD_RULING = "The reason rests on what is not public."


def public_event(event: Event, scope: Scope) -> tuple[Event, tuple[int, ...]]:
    """Return a public event with its public claims, and which of its further claims are kept.

    Where its own claim fields rest on a source that is not public, the event stays and says none of them.
    """
    kept = tuple(
        index
        for index, claim in enumerate(event.claims)
        if scope.open(claim) and scope.cites_public(claim.source)
    )
    claims = tuple(replace(event.claims[index], **_said(event.claims[index], scope)) for index in kept)
    own = scope.cites_public(event.source)
    update: dict[str, Any] = _said(event, scope) if own else dict(_NOTHING_SAID)
    update |= {"claims": claims, "by": scope.person(event.by)}
    whole = own and len(kept) == len(event.claims)
    update["ruling"] = _ruling(event.ruling, scope, (event if own else None, *claims), whole)
    return replace(event, **update), kept


def own_claim_withheld(event: Event, scope: Scope) -> bool:
    """Tell whether the claim fields of a public event are taken out."""
    return not scope.cites_public(event.source)


def _said(claim: Claim, scope: Scope) -> dict[str, Any]:
    at, until, quote = scope.time(claim.at), scope.time(claim.until), claim.quote
    whole = at is claim.at and until is claim.until
    return {
        "at": at,
        "until": until,
        "known": scope.time(claim.known),
        "stated": claim.stated if whole else None,
        "quote": quote and replace(quote, by=scope.person(quote.by)),
    }


def _ruling(
    ruling: Ruling | None, scope: Scope, claims: tuple[Claim | None, ...], whole: bool
) -> Ruling | None:
    """Return what stands of a ruling: its reason only where every claim that it weighs is public."""
    if ruling is None or whole:
        return ruling
    cited = {source for claim in claims if claim is not None for source in claim.source}
    prefer = tuple(source for source in ruling.prefer if source in scope.sources and source in cited)
    if prefer:
        return Ruling(prefer=prefer, because=WITHHELD_RULING)
    return Ruling(open=True, because=WITHHELD_RULING)
