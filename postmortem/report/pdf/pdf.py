"""The report as PDF: the page as it prints, laid out by WeasyPrint, with nothing fetched from anywhere."""

from __future__ import annotations

import hashlib
import logging
from importlib.util import find_spec
from typing import Any

HOW = "pip install 'postmortem-log[pdf]'"


def missing() -> str:
    """Say what a PDF needs that is not here, and how to get it; '' where nothing is missing."""
    if find_spec("weasyprint") is None:
        return f"a PDF needs WeasyPrint, which is not installed; get it with {HOW}"
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return (
            "a PDF needs the library Pango, which is not installed; on Debian get it with "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )
    return ""


def pdf(page: str, rules: str = "") -> bytes:
    """Return a report's HTML as PDF; the same page is always the same bytes, for the fonts that there are.

    ``rules`` say how its boxes stand on paper; without them it is the page's own style, as it holds in print.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    from postmortem.report.pdf.drawings import drawn_alone

    logger = logging.getLogger("weasyprint")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    # WeasyPrint tells on its log what of a style it does not know: a page for screens has much of that.
    logger.setLevel(logging.CRITICAL)
    nothing = URLFetcher(allowed_protocols=("data",))
    document: Any = HTML(string=page, base_url="about:blank", url_fetcher=nothing)
    drawn_alone(document.etree_element, rules)
    made = document.write_pdf(
        pdf_identifier=hashlib.sha256((page + rules).encode()).hexdigest()[:32].encode(),
        pdf_variant="pdf/ua-1",
    )
    assert isinstance(made, bytes)
    return made
