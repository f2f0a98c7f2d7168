"""Metrics in the language of a report: their phrases said anew, what the log's author wrote left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortem.ground.record import replace
from postmortem.ground.said import Said

if TYPE_CHECKING:
    from postmortem.measure.metrics import Metric, Metrics
    from postmortem.report.wording.phrases import Language
    from postmortem.resolve.timeline import Proof


def retold(metrics: Metrics, language: Language) -> Metrics:
    """Return the same figures with titles, definitions and what is missing in that language."""
    if language.code == "en":
        return metrics
    return replace(metrics, metrics=tuple(_metric(one, language) for one in metrics.metrics))


def _metric(one: Metric, language: Language) -> Metric:
    return replace(
        one,
        title=language.tell(one.title),
        definition=language.tell(one.definition),
        missing=tuple(language.tell(text) for text in one.missing),
        proof_low=_proof(one.proof_low, language),
        proof_high=_proof(one.proof_high, language),
    )


def _proof(proof: Proof, language: Language) -> Proof:
    return tuple(
        replace(step, text=language.tell(step.text)) if isinstance(step.text, Said) else step
        for step in proof
    )
