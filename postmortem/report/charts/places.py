"""Where labels go: boxes that are taken, and the first of several spots that is free."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Places:
    """The boxes taken so far inside an area; built up and thrown away within one drawing."""

    def __init__(self, area: Box) -> None:
        self.area = area
        self.taken: list[Box] = []

    def free(self, box: Box) -> bool:
        """Tell whether the box lies in the area and touches nothing taken."""
        left, top, right, bottom = box
        if left < self.area[0] or top < self.area[1] or right > self.area[2] or bottom > self.area[3]:
            return False
        return all(
            right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]
            for other in self.taken
        )

    def take(self, box: Box) -> None:
        """Mark the box as taken."""
        self.taken.append(box)

    def first(self, boxes: Iterable[Box]) -> int | None:
        """Take the first free box and return its number; None if none is free."""
        for number, box in enumerate(boxes):
            if self.free(box):
                self.take(box)
                return number
        return None
