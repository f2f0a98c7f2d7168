"""Secrets that are known by fixed letters in them: one row a service, each of the form that it gives out.

The services are those of the rule sets of common scanners. A row asks for the whole length of a key, or for a
digit where it begins with letters that stand in no word: a word which only begins as a key does is none.
"""

from __future__ import annotations

_MADE = r"(?=[A-Za-z_-]{0,60}[0-9])[A-Za-z0-9_-]{14,250}"

SERVICES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("a 1Password token", ("ops_eyJ",), r"ops_eyJ[A-Za-z0-9+/]{200,4000}={0,3}"),
    (
        "a 1Password secret key",
        ("A3-",),
        r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}",
    ),
    ("an Adobe secret", ("p8e-",), r"p8e-[A-Za-z0-9]{32}"),
    ("an Airtable token", ("pat",), r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    ("an Alibaba key", ("LTAI",), r"LTAI[A-Za-z0-9]{16,26}"),
    ("an Artifactory key", ("AKCp", "cmVmd"), rf"(?:AKCp{_MADE}|cmVmd[A-Za-z0-9]{{59}})"),
    ("an AWS Bedrock key", ("ABSK",), r"ABSK[A-Za-z0-9+/]{100,300}={0,2}"),
    ("a Buildkite token", ("bkua_",), r"bkua_[a-f0-9]{40}"),
    ("a Brevo key", ("xkeysib-", "xsmtpsib-"), r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}"),
    ("a Contentful token", ("CFPAT-",), rf"CFPAT-{_MADE}"),
    ("a CircleCI token", ("CCIPAT_", "CCIPRJ_"), r"CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}"),
    ("a ClickHouse key", ("4b1d",), r"4b1d[A-Za-z0-9]{38}"),
    ("a Clojars token", ("CLOJARS_",), r"CLOJARS_[A-Za-z0-9]{60}"),
    ("a Cloudflare key", ("v1.0-",), r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}"),
    ("a Defined Networking token", ("dnkey-",), r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}"),
    ("a Docker token", ("dckr_",), rf"dckr_[op]at_{_MADE}"),
    (
        "a Doppler token",
        ("dp.",),
        r"dp\.(?:pt|ct|sa|scim|audit|st(?:\.[a-z0-9_-]{2,35})?)\.[A-Za-z0-9]{40,44}",
    ),
    ("a Dropbox token", ("sl.",), r"sl\.(?:u\.)?[A-Za-z0-9=_-]{130,1400}"),
    ("a Duffel token", ("duffel_",), r"duffel_(?:test|live)_[A-Za-z0-9_=-]{43}"),
    ("a Dynatrace token", ("dt0",), r"dt0[a-z][0-9]{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}"),
    ("an EasyPost key", ("EZAK", "EZTK"), r"EZ[AT]K[A-Za-z0-9]{54}"),
    ("a Facebook token", ("EAAC", "EAAM"), r"EAA[CM][A-Za-z0-9]{100,400}"),
    ("a Figma token", ("figd_",), rf"figd_{_MADE}"),
    ("a Flutterwave key", ("FLWSECK",), r"FLWSECK(?:_TEST)?-[a-h0-9]{12,32}(?:-X)?"),
    (
        "a Fly.io token",
        ("fo1_", "fm1", "fm2_"),
        r"(?:fo1_[\w-]{43}|fm(?:1[ar]?|2)_[A-Za-z0-9+/]{100,2000}={0,3})",
    ),
    ("a Frame.io token", ("fio-u-",), r"fio-u-[A-Za-z0-9_=-]{64}"),
    ("a GitLab runner token", ("GR1348",), rf"GR1348{_MADE}"),
    ("a GitLab session", ("_gitlab_session=",), r"_gitlab_session=[a-f0-9]{32}"),
    (
        "a GoCardless token",
        ("live_",),
        r"live_(?=[\w=-]{0,39}[0-9])(?=[\w=-]{0,39}[A-Z])[\w=-]{40}",
    ),
    ("a Groq key", ("gsk_",), rf"gsk_{_MADE}"),
    ("a Harness key", ("pat.", "sat."), r"[ps]at\.[A-Za-z0-9_-]{22}\.[a-f0-9]{24}\.[A-Za-z0-9]{20}"),
    ("a Heroku key", ("HRKU-",), rf"HRKU-{_MADE}"),
    ("a Honeycomb key", ("hcaik_",), rf"hcaik_{_MADE}"),
    ("a Hugging Face token", ("api_org_",), r"api_org_[A-Za-z0-9]{34}"),
    ("an Infracost key", ("ico-",), r"ico-[A-Za-z0-9]{32}"),
    ("an Intra42 secret", ("s-s4t2",), r"s-s4t2(?:ud|af)-[a-f0-9]{64}"),
    ("a LangSmith key", ("lsv2_",), r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
    ("a Mailgun key", ("key-",), r"key-[a-f0-9]{32}"),
    ("a Mapbox token", ("sk.eyJ",), r"sk\.eyJ[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,30}"),
    ("a Netlify token", ("nfp_",), rf"nfp_{_MADE}"),
    (
        "a New Relic key",
        ("NRJS-", "NRII-", "NRAA-"),
        rf"(?:NRJS-[a-f0-9]{{19}}|NRII-{_MADE}|NRAA-[a-f0-9]{{27}})",
    ),
    ("a Notion token", ("ntn_",), rf"ntn_{_MADE}"),
    ("a NuGet key", ("oy2",), r"oy2[a-z0-9]{43}"),
    ("an Octopus key", ("API-",), r"API-[A-Z0-9]{26}"),
    ("an OpenShift token", ("sha256~",), r"sha256~[\w-]{43}"),
    ("a Perplexity key", ("pplx-",), rf"pplx-{_MADE}"),
    ("a Plaid token", ("access-",), r"access-(?:sandbox|development|production)(?:-[0-9a-f]{4,12}){5}"),
    ("a PlanetScale key", ("pscale_",), r"pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}"),
    ("a Prefect key", ("pnu_", "pnb_"), r"pn[bu]_[a-zA-Z0-9]{36}"),
    ("a Pulumi token", ("pul-",), r"pul-[a-f0-9]{40}"),
    ("a Razorpay key", ("rzp_live_",), rf"rzp_live_{_MADE}"),
    ("a ReadMe key", ("rdme_",), r"rdme_[a-z0-9]{70}"),
    ("a Replicate token", ("r8_",), rf"r8_{_MADE}"),
    ("a RubyGems key", ("rubygems_",), r"rubygems_[a-f0-9]{48}"),
    ("a Scalingo token", ("tk-us-",), r"tk-us-[\w-]{48}"),
    ("a SettleMint token", ("sm_",), r"sm_[aps]at_[A-Za-z0-9]{16}"),
    ("a Shippo token", ("shippo_",), r"shippo_(?:live|test)_[a-fA-F0-9]{40}"),
    ("a Sonar token", ("squ_", "sqp_", "sqa_"), r"sq[apu]_[a-f0-9]{40}"),
    ("a Sourcegraph token", ("sgp_",), rf"sgp_{_MADE}"),
    ("a Square token", ("sq0", "EAAA"), r"(?:sq0(?:atp|csp)-[\w-]{22,60}|EAAA[\w+/=-]{60})"),
    ("a Supabase token", ("sbp_",), r"sbp_[a-f0-9]{40}"),
    ("a Tailscale key", ("tskey-",), r"tskey-[a-z]{3,10}-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{16,50}"),
    ("a Twitter token", ("AAAAAAAAAAAAAAAAAAAAAA",), r"A{22,26}(?!A)[A-Za-z0-9%]{76,100}"),
    ("a Typeform token", ("tfp_",), r"tfp_[\w=.-]{59}"),
    ("an xAI key", ("xai-",), rf"xai-{_MADE}"),
    (
        "a Yandex key",
        ("AQVN", "t1.", "YC"),
        r"(?:AQVN[\w-]{35,38}|t1\.[\w-]{8,400}={0,2}\.[\w-]{86}={0,2}|YC[\w-]{38})",
    ),
)
"""Name, letters that it begins with, and pattern from there on."""

WITHIN: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("an Azure secret", ("Q~",), r"[\w~.]{3}[0-9]Q~[\w~.-]{31,34}"),
    (
        "an Authress key",
        (".acc-", ".acc_"),
        r"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}",
    ),
    ("a Mailchimp key", ("-us",), r"[0-9a-f]{32}-us[0-9]{1,2}"),
    ("a MaxMind key", ("_mmk",), r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk"),
    ("a Terraform token", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}"),
)
"""Name, letters that stand within it, and the whole pattern."""
