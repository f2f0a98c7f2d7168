"""Hostile texts: those of the foreign corpora, and our own of the same kinds, which are always there."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile"
_PAYLOAD = re.compile(r'"payload"\s*:\s*("(?:[^"\\\n]|\\.)*")')

SCRIPTS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></textarea></noscript><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "<img src='https://evil.example/a.png' onerror=\"alert('onerror')\">",
    "<svg onload=\"alert('onload')\"></svg>",
    "<iframe srcdoc=\"<script>parent.alert('frame')</script>\"></iframe>",
    "<iframe src=\"javascript:parent.alert('frame')\"></iframe>",
    "<link rel='stylesheet' href='https://evil.example/a.css'>",
    "<style>@import url(https://evil.example/b.css);body{background:url(https://evil.example/c.png)}</style>",
    "<form action='https://evil.example'><input autofocus onfocus=\"alert('focus')\"></form>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<base href='https://evil.example/'><object data='https://evil.example/d'></object>",
    "<script src='https://evil.example/e.js'></script><video src='https://evil.example/f'></video>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><script href='data:,alert(1)'/></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<div style='background:url(https://evil.example/g.png)'>x</div>",
    "<embed src='https://evil.example/h'>",
    "<link rel='prefetch' href='https://evil.example/i'>",
    "<input type=image src='https://evil.example/j'>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onclick=`alert(1)`",
    "<!-- x",
    "--> x",
    "]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# x #}",
)
MARKUP = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](blob:x)",
    "[x](vscode://x)",
    "[x](//evil.example)",
    "[x](https://user@evil.example)",
    "[x](\\\\evil.example)",
    "[x](/\\evil.example)",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/beacon.png)",
    "![x](data:image/svg+xml,<svg>)",
    "[!\\[x\\](https://evil.example/beacon.png)y](#a)",
    "[![x](https://evil.example/a.png)](javascript:alert(1))",
    "[x]: https://evil.example\n\n![x]",
    "[x]: javascript:alert(1)\n\n[x]",
    "<https://user:pw@evil.example>",
    "x\n\n# y",
    "x\n===\ny\n---",
    "| a |\n| - |\n| b |",
    "a | b",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>",
    "<a href=//evil.example>x</a>",
    "<details><summary>x</summary>",
    "</details></details>",
    "</td></tr></table><script>alert(1)</script>",
    "> [!NOTE]\n> x",
    "- [ ] x\n- [x] y",
    "@team fixes #1",
    "https://evil.example/?@team",
    "www.evil.example",
    "~~~mermaid\ngraph LR\n~~~",
    'click A call alert(1)\nclick A href "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose', 'htmlLabels': true}}%%",
    'A["<img src=x onerror=alert(1)>"]',
    "$$\\href{javascript:alert(1)}{x}$$",
    "a;b#c:d",
    "#quot;",
    "end",
)
# Text that is read otherwise than it is: turned, commented out, returned early, look-alikes, unseen names.
TURNED = (
    "\u202etxt.exe",
    "access_level != 'user\u202e \u2066// Check if admin\u2069 \u2066",
    "/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */",
    "\u2067''' Subtract funds and then ''' ;return\u2069",
    "<\u202e>tpircs/<)1(trela>tpircs<",
    "say\u041dello(); sayHello();",
    "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "\u05d0\u05d1\u05d2 <b>\u0627\u0644\u0639</b>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
)


def corpora() -> dict[str, list[str]]:
    """Return the texts of each foreign corpus, by its name; an empty table where they are not there."""
    if not CORPUS.is_dir():
        return {}
    naughty: list[str] = json.loads((CORPUS / "naughty-strings.json").read_text(encoding="utf-8"))
    fixtures = (CORPUS / "dompurify-fixtures.mjs.txt").read_text(encoding="utf-8")
    quoted = [json.loads(one, strict=False) for one in _PAYLOAD.findall(fixtures)]
    return {"naughty strings": naughty, "sanitizer fixtures": quoted}


def texts() -> list[str]:
    """Return the texts of this run, none twice: all with POSTMORTEM_LONG, else a sample of the foreign ones.

    POSTMORTEM_TEXTS=100:200 takes some of them only, so that a long run can be made in parts.
    Half of a surrogate pair is taken out: no file of UTF-8 can hold it.
    """
    foreign = [one for several in corpora().values() for one in several]
    if not os.environ.get("POSTMORTEM_LONG"):
        foreign = foreign[255::300]
        own = [SCRIPTS[3], SCRIPTS[5], MARKUP[12], TURNED[1]]
    else:
        own = [*SCRIPTS, *MARKUP, *TURNED]
    whole = list(dict.fromkeys(one.encode("utf-8", "ignore").decode() for one in (*own, *foreign)))
    first, _, end = os.environ.get("POSTMORTEM_TEXTS", "").partition(":")
    return whole[int(first or 0) : int(end) if end else None]
