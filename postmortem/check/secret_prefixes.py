"""Secrets that are known by fixed letters in them: one row a service, each of the form that it gives out.

The services are those of the rule sets of common scanners; a row asks for the whole length of a key, so that
a word which only begins as one does is none.
"""

from __future__ import annotations

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
    ("an Artifactory key", ("AKCp", "cmVmd"), r"(?:AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59})"),
    ("an AWS Bedrock key", ("ABSK",), r"ABSK[A-Za-z0-9+/]{100,300}={0,2}"),
    ("a Buildkite token", ("bkua_",), r"bkua_[a-f0-9]{40}"),
    ("a Brevo key", ("xkeysib-", "xsmtpsib-"), r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}"),
    ("a CircleCI token", ("CCIPAT_", "CCIPRJ_"), r"CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}"),
    ("a ClickHouse key", ("4b1d",), r"4b1d[A-Za-z0-9]{38}"),
    ("a Clojars token", ("CLOJARS_",), r"CLOJARS_[A-Za-z0-9]{60}"),
    ("a Cloudflare key", ("v1.0-",), r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}"),
    ("a Defined Networking token", ("dnkey-",), r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}"),
    ("a Docker token", ("dckr_",), r"dckr_[op]at_[A-Za-z0-9_-]{27,32}"),
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
    ("a Figma token", ("figd_",), r"figd_[A-Za-z0-9_-]{40}"),
    ("a Flutterwave key", ("FLWSECK",), r"FLWSECK(?:_TEST)?-[a-h0-9]{12,32}(?:-X)?"),
    (
        "a Fly.io token",
        ("fo1_", "fm1", "fm2_"),
        r"(?:fo1_[\w-]{43}|fm(?:1[ar]?|2)_[A-Za-z0-9+/]{100,2000}={0,3})",
    ),
    ("a Frame.io token", ("fio-u-",), r"fio-u-[A-Za-z0-9_=-]{64}"),
    ("a GitLab runner token", ("GR1348941",), r"GR1348941[\w-]{20}"),
    ("a GitLab session", ("_gitlab_session=",), r"_gitlab_session=[a-f0-9]{32}"),
    (
        "a GoCardless token",
        ("live_",),
        r"live_(?=[\w=-]{0,39}[0-9])(?=[\w=-]{0,39}[A-Z])[\w=-]{40}",
    ),
    ("a Groq key", ("gsk_",), r"gsk_[A-Za-z0-9]{52}"),
    ("a Harness key", ("pat.", "sat."), r"[ps]at\.[A-Za-z0-9_-]{22}\.[a-f0-9]{24}\.[A-Za-z0-9]{20}"),
    ("a Heroku key", ("HRKU-AA",), r"HRKU-AA[\w-]{58}"),
    ("a Hugging Face token", ("api_org_",), r"api_org_[A-Za-z0-9]{34}"),
    ("an Infracost key", ("ico-",), r"ico-[A-Za-z0-9]{32}"),
    ("an Intra42 secret", ("s-s4t2",), r"s-s4t2(?:ud|af)-[a-f0-9]{64}"),
    ("a LangSmith key", ("lsv2_",), r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
    ("a Mailgun key", ("key-",), r"key-[a-f0-9]{32}"),
    ("a Mapbox token", ("sk.eyJ",), r"sk\.eyJ[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,30}"),
    ("a Netlify token", ("nfp_",), r"nfp_[A-Za-z0-9_-]{36,46}"),
    (
        "a New Relic key",
        ("NRJS-", "NRII-", "NRAA-"),
        r"(?:NRJS-[a-f0-9]{19}|NRII-[A-Za-z0-9-]{32}|NRAA-[a-f0-9]{27})",
    ),
    ("a Notion token", ("ntn_",), r"ntn_[0-9]{11}[A-Za-z0-9]{35}"),
    ("a NuGet key", ("oy2",), r"oy2[a-z0-9]{43}"),
    ("an Octopus key", ("API-",), r"API-[A-Z0-9]{26}"),
    ("an OpenShift token", ("sha256~",), r"sha256~[\w-]{43}"),
    ("a Perplexity key", ("pplx-",), r"pplx-[A-Za-z0-9]{48}"),
    ("a Plaid token", ("access-",), r"access-(?:sandbox|development|production)(?:-[0-9a-f]{4,12}){5}"),
    ("a PlanetScale key", ("pscale_",), r"pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}"),
    ("a Prefect key", ("pnu_", "pnb_"), r"pn[bu]_[a-zA-Z0-9]{36}"),
    ("a Pulumi token", ("pul-",), r"pul-[a-f0-9]{40}"),
    ("a ReadMe key", ("rdme_",), r"rdme_[a-z0-9]{70}"),
    ("a Replicate token", ("r8_",), r"r8_[A-Za-z0-9]{37}"),
    ("a RubyGems key", ("rubygems_",), r"rubygems_[a-f0-9]{48}"),
    ("a Scalingo token", ("tk-us-",), r"tk-us-[\w-]{48}"),
    ("a SettleMint token", ("sm_",), r"sm_[aps]at_[A-Za-z0-9]{16}"),
    ("a Shippo token", ("shippo_",), r"shippo_(?:live|test)_[a-fA-F0-9]{40}"),
    ("a Sonar token", ("squ_", "sqp_", "sqa_"), r"sq[apu]_[a-f0-9]{40}"),
    ("a Sourcegraph token", ("sgp_",), r"sgp_(?:(?:local|[a-fA-F0-9]{16})_)?[a-fA-F0-9]{40}"),
    ("a Square token", ("sq0", "EAAA"), r"(?:sq0(?:atp|csp)-[\w-]{22,60}|EAAA[\w+/=-]{60})"),
    ("a Supabase token", ("sbp_",), r"sbp_[a-f0-9]{40}"),
    ("a Tailscale key", ("tskey-",), r"tskey-[a-z]{3,10}-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{16,50}"),
    ("a Twitter token", ("AAAAAAAAAAAAAAAAAAAAAA",), r"A{22,26}(?!A)[A-Za-z0-9%]{76,100}"),
    ("a Typeform token", ("tfp_",), r"tfp_[\w=.-]{59}"),
    ("an xAI key", ("xai-",), r"xai-[A-Za-z0-9]{80}"),
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
