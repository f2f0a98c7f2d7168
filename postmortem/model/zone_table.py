"""Abbreviations of zones, which a log does not take, with what stands for them."""

from __future__ import annotations

from postmortem.model.stated import Fault

ZONE_HELP = "zones are `UTC`, `GMT`, `Z` and IANA names such as `Europe/Paris`"

UTC_NAMES = ("UTC", "GMT", "Z")
LONE_ZONES = frozenset(
    {
        *("Cuba", "Egypt", "Eire", "Greenwich", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan"),
        *(
            "Kwajalein",
            "Libya",
            "Navajo",
            "Poland",
            "Portugal",
            "Singapore",
            "Turkey",
            "UCT",
            "Universal",
            "Zulu",
        ),
    }
)
"""IANA names without a slash that are no abbreviations."""

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "EST": ("America/New_York", "-05:00"),
    "EDT": ("America/New_York", "-04:00"),
    "ET": ("America/New_York",),
    "EST5EDT": ("America/New_York",),
    "CST": ("America/Chicago", "-06:00", "Asia/Shanghai"),
    "CDT": ("America/Chicago", "-05:00"),
    "CT": ("America/Chicago",),
    "CST6CDT": ("America/Chicago",),
    "MST": ("America/Denver", "-07:00"),
    "MDT": ("America/Denver", "-06:00"),
    "MT": ("America/Denver",),
    "MST7MDT": ("America/Denver",),
    "PST": ("America/Los_Angeles", "-08:00"),
    "PDT": ("America/Los_Angeles", "-07:00"),
    "PT": ("America/Los_Angeles",),
    "PST8PDT": ("America/Los_Angeles",),
    "AKST": ("America/Anchorage", "-09:00"),
    "AKDT": ("America/Anchorage", "-08:00"),
    "HST": ("Pacific/Honolulu", "-10:00"),
    "AST": ("America/Halifax", "-04:00"),
    "ADT": ("America/Halifax", "-03:00"),
    "NST": ("America/St_Johns", "-03:30"),
    "NDT": ("America/St_Johns", "-02:30"),
    "BRT": ("America/Sao_Paulo", "-03:00"),
    "ART": ("America/Argentina/Buenos_Aires", "-03:00"),
    "WET": ("Europe/Lisbon", "+00:00"),
    "WEST": ("Europe/Lisbon", "+01:00"),
    "BST": ("Europe/London", "+01:00"),
    "IST": ("Asia/Kolkata", "+05:30", "Europe/Dublin"),
    "CET": ("Europe/Paris", "+01:00"),
    "CEST": ("Europe/Paris", "+02:00"),
    "MEZ": ("Europe/Berlin", "+01:00"),
    "MESZ": ("Europe/Berlin", "+02:00"),
    "MET": ("Europe/Paris", "+01:00"),
    "MEST": ("Europe/Paris", "+02:00"),
    "EET": ("Europe/Athens", "+02:00"),
    "EEST": ("Europe/Athens", "+03:00"),
    "MSK": ("Europe/Moscow", "+03:00"),
    "TRT": ("Europe/Istanbul", "+03:00"),
    "SAST": ("Africa/Johannesburg", "+02:00"),
    "WAT": ("Africa/Lagos", "+01:00"),
    "CAT": ("Africa/Maputo", "+02:00"),
    "EAT": ("Africa/Nairobi", "+03:00"),
    "GST": ("Asia/Dubai", "+04:00"),
    "PKT": ("Asia/Karachi", "+05:00"),
    "NPT": ("Asia/Kathmandu", "+05:45"),
    "ICT": ("Asia/Bangkok", "+07:00"),
    "WIB": ("Asia/Jakarta", "+07:00"),
    "HKT": ("Asia/Hong_Kong", "+08:00"),
    "SGT": ("Asia/Singapore", "+08:00"),
    "PHT": ("Asia/Manila", "+08:00"),
    "AWST": ("Australia/Perth", "+08:00"),
    "PRC": ("Asia/Shanghai", "+08:00"),
    "ROC": ("Asia/Taipei", "+08:00"),
    "JST": ("Asia/Tokyo", "+09:00"),
    "KST": ("Asia/Seoul", "+09:00"),
    "ROK": ("Asia/Seoul", "+09:00"),
    "ACST": ("Australia/Adelaide", "+09:30"),
    "ACDT": ("Australia/Adelaide", "+10:30"),
    "AEST": ("Australia/Sydney", "+10:00"),
    "AEDT": ("Australia/Sydney", "+11:00"),
    "NZ": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland", "+12:00"),
    "NZDT": ("Pacific/Auckland", "+13:00"),
    "GB": ("Europe/London",),
    "EASTERN": ("America/New_York",),
    "CENTRAL": ("America/Chicago",),
    "MOUNTAIN": ("America/Denver",),
    "PACIFIC": ("America/Los_Angeles",),
}
"""Abbreviations people write, with what to write instead. Some name old IANA zones: refused all the same."""


def abbreviation_fault(name: str, start: int) -> Fault:
    """Return the fault of writing a zone's abbreviation at ``start``, with what to write instead."""
    instead = [f"`{one}`" for one in ABBREVIATIONS[name.upper()]]
    choice = instead[0] if len(instead) == 1 else f"{', '.join(instead[:-1])} or {instead[-1]}"
    message = f"`{name}` is not a zone: abbreviations are ambiguous, and often wrong"
    return Fault("PM212", message, start, start + len(name), f"write {choice}", ZONE_HELP)
