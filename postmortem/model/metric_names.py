"""The ids of the metrics that every log has without asking for them."""

from __future__ import annotations

STANDARD_METRICS = (
    "time_to_detect",
    "time_to_acknowledge",
    "time_to_mitigate",
    "time_to_restore",
    "time_to_resolve",
    "start_delay",
    "incident_duration",
)
