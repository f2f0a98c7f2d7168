"""Quantities as people write them: counts, rates and shares as intervals."""
from __future__ import annotations

from postmortem.model.stated import Quantity, Stated


def parse_quantity(text: str) -> Stated[Quantity]: ...
