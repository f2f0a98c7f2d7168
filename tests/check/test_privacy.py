"""Secrets and what leads to people, in what would be public and what not; nothing is printed in full."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from postmortem.check.personal import traces_in
from postmortem.check.secrets import KINDS, secrets_in, suspected
from postmortem.flow import Judged, judge
from postmortem.report.findings.examined import Examined
from postmortem.report.findings.forms import FORMS, findings_as
from tests.conftest import Run

HEAD = "format: postmortem/1\ntitle: Logins fail\nstatus: resolved\ndate: 2026-03-01\ntimezone: UTC\n"
LETTERS, DIGITS, HEX = "abcDEFghiJKLmnoPQRstuVWX", "0123456789", "0123456789abcdef"
MADE = LETTERS + DIGITS
# No sample stands here in one piece, so that no scanner takes this file for a leak.
SAMPLES = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow" + MADE,
    "an AWS access key": "AKIA" + "IOSFODNN7" + "EXAMPLE",
    "a GitHub token": "ghp_" + MADE,
    "a Honeycomb key": "hcaik_" + MADE,
    "a Contentful token": "CFPAT-" + MADE,
    "a Razorpay key": "rzp_" + "live_" + MADE[-14:],
    "a token in an address": "https://" + MADE + "@g",
    "a session cookie": "Cookie: lang=en; session=" + MADE,
    "a GitLab token": "glpat-" + MADE[:20],
    "a Slack token": "xoxb-" + DIGITS + "-" + MADE,
    "a Slack webhook": "hooks.slack.com/" + "services/T0000/B0000/" + MADE,
    "a Discord webhook": "discord.com/api/" + "webhooks/1234567890/" + MADE,
    "a Teams webhook": "x.webhook.office.com/" + "webhookb2/" + MADE + "@" + MADE,
    "a Google API key": "AIza" + MADE + "x",
    "a Google token": "ya29." + MADE,
    "a Stripe key": "sk_" + "live_" + MADE,
    "a JSON web token": "eyJ" + "hbGciOiJIUzI1NiJ9." + "eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0." + MADE,
    "an npm token": "npm_" + MADE + "ab",
    "a PyPI token": "pypi-" + "AgEIcHlwaS5vcmc" + MADE,
    "a SendGrid key": "SG." + MADE[:22] + "." + MADE,
    "an API key": "sk-" + "proj-" + "1" + MADE,
    "a Hugging Face token": "hf_" + MADE,
    "a DigitalOcean token": "dop_" + "v1_" + HEX * 4,
    "a Databricks token": "dapi" + HEX * 2,
    "a Shopify token": "shpat_" + HEX * 2,
    "a Vault token": "hvs." + MADE,
    "an age key": "AGE-SECRET-" + "KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2,
    "a Grafana token": "glsa_" + MADE,
    "a New Relic key": "NRAK-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ1",
    "a Linear key": "lin_" + "api_" + MADE,
    "a Postman key": "PMAK-" + (HEX * 2)[:24] + "-" + (HEX * 3)[:34],
    "a Sentry token": "sntrys_" + MADE,
    "an Atlassian token": "ATATT3" + MADE + MADE,
    "an Azure storage key": "AccountKey=" + MADE * 2 + "==",
    "a Twilio key": "SK" + HEX * 2,
    "a Telegram bot token": DIGITS + ":AA" + MADE[:33],
    "a password in an address": "postgres://app:" + "s3cr3tpw@db/login",
    "a token": "Authorization: Bearer " + MADE,
    "a password": "password" + ": hunter2x",
    "a secret": "client_secret=" + MADE,
}
UPPER, LONG = "ABCDEFGHIJ0123456789KLMNOP", MADE * 8
SAMPLES |= {
    "a 1Password token": "ops_" + "eyJ" + LONG[:250],
    "a 1Password secret key": "A3-" + f"{UPPER[:6]}-{UPPER[:11]}-{UPPER[:5]}-{UPPER[:5]}-{UPPER[:5]}",
    "an Adobe secret": "p8e-" + MADE[:32],
    "an Airtable token": "pat" + MADE[:14] + "." + HEX * 4,
    "an Alibaba key": "LT" + "AI" + MADE[:20],
    "an Artifactory key": "AK" + "Cp" + LONG[:69],
    "an AWS Bedrock key": "AB" + "SK" + LONG[:120],
    "a Buildkite token": "bkua_" + (HEX * 3)[:40],
    "a Brevo key": "xkey" + "sib-" + HEX * 4 + "-" + MADE[:16],
    "a CircleCI token": "CCIP" + "AT_" + MADE[:22] + "_" + (HEX * 3)[:40],
    "a ClickHouse key": "4b" + "1d" + LONG[:38],
    "a Clojars token": "CLOJARS_" + LONG[:60],
    "a Cloudflare key": "v1.0-" + (HEX * 2)[:24] + "-" + (HEX * 10)[:146],
    "a Defined Networking token": "dnkey-" + (HEX * 2)[:26] + "-" + (HEX * 4)[:52],
    "a Docker token": "dckr_" + "pat_" + MADE[:27],
    "a Doppler token": "dp." + "pt." + LONG[:43],
    "a Dropbox token": "sl." + LONG[:140],
    "a Duffel token": "duffel_" + "live_" + LONG[:43],
    "a Dynatrace token": "dt0" + "c01." + UPPER[:24] + "." + (UPPER * 3)[:64],
    "an EasyPost key": "EZ" + "AK" + LONG[:54],
    "a Facebook token": "EA" + "AC" + LONG[:120],
    "a Figma token": "figd_" + LONG[:40],
    "a Flutterwave key": "FLWSECK" + "_TEST-" + HEX[:12],
    "a Fly.io token": "fm" + "2_" + LONG[:120],
    "a Frame.io token": "fio-" + "u-" + LONG[:64],
    "a GitLab runner token": "GR134" + "8941" + MADE[:20],
    "a GitLab session": "_gitlab_" + "session=" + HEX * 2,
    "a GoCardless token": "live_" + LONG[:40],
    "a Groq key": "gsk_" + LONG[:52],
    "a Harness key": "pat." + MADE[:22] + "." + (HEX * 2)[:24] + "." + MADE[:20],
    "a Heroku key": "HRKU-" + "AA" + LONG[:58],
    "an Infracost key": "ico-" + MADE[:32],
    "an Intra42 secret": "s-s4t2" + "ud-" + HEX * 4,
    "a LangSmith key": "lsv2_" + "pt_" + HEX * 2 + "_" + HEX[:10],
    "a Mailgun key": "key-" + HEX * 2,
    "a Mapbox token": "sk." + "eyJ" + LONG[:60] + "." + MADE[:22],
    "a Netlify token": "nfp_" + LONG[:40],
    "a Notion token": "ntn_" + DIGITS + "1" + LONG[:35],
    "a NuGet key": "oy" + "2" + LONG.lower()[:43],
    "an Octopus key": "API-" + UPPER,
    "an OpenShift token": "sha256" + "~" + LONG[:43],
    "a Perplexity key": "pplx-" + LONG[:48],
    "a Plaid token": "access-" + "production-01234567-0123-0123-0123-0123456789ab",
    "a PlanetScale key": "pscale_" + "tkn_" + LONG[:43],
    "a Prefect key": "pnu_" + LONG[:36],
    "a Pulumi token": "pul-" + (HEX * 3)[:40],
    "a ReadMe key": "rdme_" + LONG.lower()[:70],
    "a Replicate token": "r8_" + LONG[:37],
    "a RubyGems key": "rubygems_" + HEX * 3,
    "a Scalingo token": "tk-" + "us-" + LONG[:48],
    "a SettleMint token": "sm_" + "aat_" + MADE[:16],
    "a Shippo token": "shippo_" + "live_" + (HEX * 3)[:40],
    "a Sonar token": "squ_" + (HEX * 3)[:40],
    "a Sourcegraph token": "sgp_" + (HEX * 3)[:40],
    "a Square token": "sq0" + "atp-" + MADE[:22],
    "a Supabase token": "sbp_" + (HEX * 3)[:40],
    "a Tailscale key": "tskey-" + "auth-" + MADE[:12] + "-" + MADE[:32],
    "a Twitter token": "A" * 22 + "b" + LONG[:89],
    "a Typeform token": "tfp_" + LONG[:59],
    "an xAI key": "xai-" + LONG[:80],
    "a Yandex key": "AQ" + "VN" + LONG[:35],
    "an Azure secret": "abc" + "8Q~" + LONG[:34],
    "an Azure signature": "https://a.example.org/b?sv=1&" + "sig=" + LONG[:43] + "%3D",
    "an Authress key": "sc_" + "ab12cd.ef34.acc-" + "0123456789ab." + LONG[:40],
    "a Mailchimp key": HEX * 2 + "-us" + "20",
    "a MaxMind key": MADE[:6] + "_" + LONG[:29] + "_mmk",
    "a Terraform token": MADE[:14] + ".atlas" + "v1." + LONG[:64],
}
WRITTEN_OTHERWISE = (
    "SECRET_" + "KEY = '" + MADE + "'",
    "SECRET_" + "KEY_BASE=" + HEX * 4,
    "DD_APP_" + "KEY=" + HEX,
    "Authorization: ApiKey " + MADE,
    "GenieKey " + MADE,
    "Set-Cookie: id=" + MADE + "; Path=/",
    "dckr_" + "pat_" + MADE[:27],
    "gsk_" + MADE,
    "tskey-" + "auth-" + MADE[:12] + "-" + MADE,
    "sbp_" + (HEX * 3)[:40],
    "rzp_" + "live_" + MADE[-14:],
    "figd_" + MADE,
    "pscale_" + "tkn_" + MADE,
    "CFPAT-" + MADE,
    "AKCp" + MADE,
    "curl -u admin:" + "S3cretPass9 https://example.org/",
    "Authorization: token " + HEX * 2,
    "SECRET_" + "KEY = 'django-insecure-" + HEX + "'",
    "secret_key_" + "base: " + HEX * 4,
    "DD_APP_" + "KEY=" + HEX * 2,
    "A3T" + "X" + UPPER[:16],
    "xoxd-" + MADE,
    "client-key-data: " + "LS0tLS1CRUdJTiB" + "SU0EgUFJJVkFURSBLRVktLS0tLQo" + MADE,
    "PuTTY-" + "User-Key-File-2: ssh-rsa",
    "---- BEGIN SSH2 " + "ENCRYPTED PRIVATE KEY ----",
)
PLAIN = (
    "gsk_short", "dp.staging is down", "the cookie: none is set", "a cookie=1 a day", "secret_key_base",
    "https://example.org/@user2", "The app key: rotated", "pul-up-bars-for-all", "sq0 of 3", "r8_seats",
    "The splunk forwarder was restarted", "an ApiKey object per tenant",
    "The password was changed.", "Password: forgotten", "password: <redacted>", "token: ${TOKEN}",
    "The token expired after 3600 seconds.", "secret: the one of the login service", "key: value",
    "https://example.org/a:b@c", "ghp_short", "AKIA is how those keys begin",
    "-----BEGIN CERTIFICATE-----", "Basic authentication was off", "sk-or-kle is a word", "eyJ. eyJ.",
    "passport: renewed2", "a monkey=banana", "date -u 10:30:00", "docker run -u 1000:1000 it",
    "live_migration_of_the_database_cluster_in_region", "access-production-and-staging", "API-first",
    "sha256:" + HEX * 4, HEX * 2, "01234567-0123-4123-8123-0123456789ab", "the key-value store", "a pat. on",
    "?sig=missing", "authorization: the service forgot", "v1.0-rc1", "AAAA" * 30,
    "secret key: the one of old",
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t" + MADE,
)  # fmt: skip
TRACES = {
    "ada@example.org": "PM702", "mailto:ada.l+x@sub.example.co.uk": "PM702",
    "+49 30 5550123": "PM703", "+1 (555) 010-9999": "PM703", "555-010-9999": "PM703",
    "(555) 010-9999": "PM703",
    "tel: 030 5550123": "PM703", "tel:+493055501234": "PM703", "[us](tel:+1-555-010-9999)": "PM703",
    "Phone:+49 30 5550123": "PM703", "tel.: 030 5550123": "PM703", "1-800-555-0199": "PM703",
    "555.010.9999": "PM703", "10.1.2.3-10.1.2.9": "PM704", "DB01.CORP.LOCAL": "PM705", "DB.INTERNAL": "PM705",
    "10.1.2.3": "PM704", "203.0.113.7:443": "PM704", "10.2.0.0/16": "PM704", "2001:db8::7": "PM704",
    "fe80::1ff:fe23:4567:890a": "PM704",
    "tel:+4930" + "5550123": "PM703", "sms to TEL:+49 30 5550123": "PM703", "DB-1.PROD.INTERNAL": "PM705",
    "db-1.prod.internal": "PM705", "printer.local": "PM705", "http://grafana:3000/d": "PM705",
    "ip-10-0-0-1.ec2.internal": "PM705",
}  # fmt: skip
NO_TRACES = (
    "left-pad@1.3.0", "hotel:+600000 guests", "An INTERNAL matter", "Foo.Internal()",
    "127.0.0.1", "0.0.0.0", "8.8.8.8", "10.0.0.0/8", "version 1.2.3.4", "1.2.3", "10.300.1.1",
    "1.2.3.4.5", "18:20:00", "18:20:00+02:00 2023-05-24", "std::vector", "a::b", "::1",
    "2023-05-24T18:20:00Z", "+600000 listeners", "600,000 to 700,000", "2023-05-24 18:20",
    "git@github.com:a/b.git", "@someone", "http://localhost:8080/",
    "https://example.org/p1234567890123", "localhost.localdomain", "1 000 000 000",
    "settings.localised", "System.Internal", "1.2.3.4-rc1",
    "package-1.2.3.4", "100.200.300", "123.456.7890.1", "https://example.org/100-200-3000",
)  # fmt: skip


def judged(text: str, audience: str = "internal") -> Judged:
    return judge("log.yaml", (HEAD + text).encode(), None, audience)  # type: ignore[arg-type]


def event(what: str) -> str:
    return f"timeline:\n  - what: |-\n      {what.replace(chr(10), chr(10) + '      ')}\n"


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_of_secret_is_found_and_called_by_name(kind: str) -> None:
    text = f"It read {SAMPLES[kind]} on the screen."
    assert [one.kind for one in secrets_in(text, suspected(text))] == [kind]


@pytest.mark.parametrize("text", WRITTEN_OTHERWISE)
def test_what_scanners_know_in_other_ways_is_found(text: str) -> None:
    assert len(list(secrets_in(text, suspected(text)))) == 1


def test_every_kind_has_a_sample() -> None:
    assert {kind.name for kind in KINDS} == set(SAMPLES)


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_sounds_like_a_secret_is_none(text: str) -> None:
    assert list(secrets_in(text, suspected(text))) == []


def test_keys_are_found_among_words_that_begin_as_they_do() -> None:
    first, second = "sk-" + "a1B2" * 8, "sk-proj-" + "c3D4" * 8
    text = f"task-list, risk-sk-, sk-none, {first},{second} and desk-{first}"
    found = list(secrets_in(text, suspected(text)))
    assert [text[one.start : one.end] for one in found] == [first, second]


@pytest.mark.parametrize("kind", SAMPLES)
def test_no_form_of_the_findings_holds_the_secret(kind: str) -> None:
    secret = SAMPLES[kind]
    for head, code in (("", "PM707"), ("audience: public\n", "PM701")):
        one = judged(head + event(f"It read {secret} on the screen."))
        assert [found.code for found in one.diagnostics] == [code]
        files = [Examined(one.file, one.excerpts, one.diagnostics)]
        for form in FORMS:
            told = findings_as(form, files)
            assert secret[-12:] not in told


@pytest.mark.parametrize("text", TRACES)
def test_what_leads_to_people_or_machines_is_found(text: str) -> None:
    assert [one.code for one in traces_in(f"It was {text} that failed.")] == [TRACES[text]]


@pytest.mark.parametrize("text", NO_TRACES)
def test_what_leads_to_nobody_is_left_alone(text: str) -> None:
    assert list(traces_in(f"It was {text} that failed.")) == []


def test_an_internal_log_may_hold_what_leads_to_people() -> None:
    assert judged(event("ada@example.org at 10.1.2.3")).diagnostics == ()


def test_only_what_would_be_public_is_looked_at() -> None:
    log = """\
audience: public
people: {bo: {name: Bo Larsen, role: the on-call engineer}}
timeline:
  - {what: Bo Larsen at 10.1.2.3 saw it., audience: internal, at: 09:14}
  - {what: Larsen at 10.1.2.4 saw it., at: 09:14}
"""
    found = [(one.code, one.span.line, one.span.column) for one in judged(log).diagnostics]
    assert found == [("PM603", 9, 12), ("PM706", 10, 12), ("PM704", 10, 22)]
    part = log.replace("audience: public\n", "", 1).replace("saw it., at", "saw it., audience: public, at")
    found = [(one.code, one.span.line, one.span.column) for one in judged(part).diagnostics]
    assert found == [("PM603", 8, 12), ("PM706", 9, 12), ("PM704", 9, 22)]


def test_a_public_version_is_refused_until_it_is_waived(run: Run, tmp_path: Path) -> None:
    text = HEAD + "audience: public\n" + event("ada@example.org sees it first.")
    log = tmp_path / "log.yaml"
    log.write_text(text, encoding="utf-8")
    assert run("check", "log.yaml").code == 0
    assert run("render", "log.yaml", "--format", "md").code == 0
    refused = run("render", "log.yaml", "--format", "md", "-o", "out", "--audience", "public")
    assert (refused.code, refused.out) == (1, "")
    assert "error[PM702]" in refused.err
    assert not (tmp_path / "out").exists()
    (tmp_path / "postmortem.toml").write_text('ignore = ["PM702"]\nignore-because = "we like mail"\n')
    assert run("render", "log.yaml", "--audience", "public").code == 1
    log.write_text(
        text + "checks: {ignore: [PM702], because: It is the public's own address.}\n", encoding="utf-8"
    )
    done = run("render", "log.yaml", "--format", "md", "-o", "out", "--audience", "public")
    assert (done.code, done.out) == (0, "out/log.md\n")


HOSTILE = (
    "a@", "a.", "1.", "+1 2", "eyJ", "eyJ_", "_eyJaaaaaaaaaa.", "sk-", "_sk-a", "password=", "token: ",
    "://", "a:b@", "a://b:c", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", ":", "::1 ", "f:", "xoxb-",
    "AKIA", "Bearer ", "we ", "we should ", "“", "\"", "\n> ", "should have been ", "human ",
    "a.internal ", "tel:", "phone ", "10.", "hf_", "live_", "-live_a", "pat", "sl.", "-t1.a", "YC-", "-u a:",
    "A" * 22, "sc_aaaaa.aaaa.acc-", "a_mmk", "-us1", "3Q~", ".atlasv1.", "?sig=", "authorization: ", "-fm2_/",
    "ABSK/", "PuTTY-User-Key-File-", "LS0tLS1CRUdJTiB", "secret_key_base", "dp.st.", "tskey-a",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_of_64_kb_is_looked_at_in_no_time(piece: str) -> None:
    from postmortem.check.blame import loaded_words

    text = piece * (64_000 // len(piece))
    start = time.perf_counter()
    for _ in secrets_in(text, KINDS):
        pass
    for _ in traces_in(text):
        pass
    for _ in loaded_words(text):
        pass
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Call jane&#64;corp.net.", "PM702"),
        ("Call jane&commat;corp&period;net.", "PM702"),
        (r"Call jane\@corp\.net.", "PM702"),
        ("Call jane@**corp**.net.", "PM702"),
        ("Call jane@`corp`.~~net~~.", "PM702"),
        ("It ran on 10.1&#46;2.3.", "PM704"),
        ("The key was AKIA**ABCDEFGH**12345678.", "PM701"),
        ("Then J**ane D**oe came.", "PM706"),
    ],
)
def test_what_only_readers_of_the_page_see_is_found(text: str, code: str) -> None:
    people = "people:\n  lead: {name: Jane Doe, role: lead}\n"
    log = f"{HEAD}audience: public\n{people}timeline:\n  - {{at: 18:20, what: '{text}'}}\n"
    found = [one for one in judge("log.yaml", log.encode(), None).diagnostics if one.code.startswith("PM70")]
    assert [one.code for one in found] == [code]
    span = found[0].span
    assert log.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == f"'{text}'"


def test_what_is_found_as_it_is_written_is_not_told_twice() -> None:
    text = "Call `jane@corp.net` & *joe@corp.net*."
    log = f"{HEAD}audience: public\ntimeline:\n  - {{at: 18:20, what: '{text}'}}\n"
    found = [one for one in judge("log.yaml", log.encode(), None).diagnostics if one.code == "PM702"]
    assert len(found) == 2


def test_what_is_hidden_is_found_beside_what_is_not() -> None:
    text = "Call joe@corp.net or jane&#64;corp.net."
    log = f"{HEAD}audience: public\ntimeline:\n  - {{at: 18:20, what: '{text}'}}\n"
    found = [one for one in judge("log.yaml", log.encode(), None).diagnostics if one.code == "PM702"]
    assert len(found) == 2


def test_signs_that_are_no_markup_hide_and_make_nothing() -> None:
    text = r"5 * 3 & 2 ~ 1, `a`@ b &amp; C:\x."
    log = f"{HEAD}audience: public\ntimeline:\n  - {{at: 18:20, what: '{text}'}}\n"
    assert [one.code for one in judge("log.yaml", log.encode(), None).diagnostics if one.code > "PM7"] == []


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("a source", "sources: {KEY: {title: S}}\n"),
        ("a measure", "measures: {KEY: {title: M}}\n"),
        ("a component", "components: {KEY: {title: C}}\n"),
    ],
)
@pytest.mark.parametrize(("key", "code"), [("ghp_" + MADE, "PM701"), ("Larsen", "PM706")])
def test_a_key_of_a_log_is_a_text_of_it(place: str, parts: str, key: str, code: str) -> None:
    people = "people:\n  lead: {name: Bo Larsen, role: lead}\n"
    parts = people + parts.replace("KEY", key)
    log = f"{HEAD}audience: public\n{parts}timeline:\n  - {{at: 18:20, what: It ends.}}\n"
    (found,) = (one for one in judge("log.yaml", log.encode(), None).diagnostics if one.code[:3] == "PM7")
    line, column, _, end = found.span
    assert (found.code, log.splitlines()[line - 1][column - 1 : end - 1]) == (code, key), place


def test_the_key_of_a_count_is_a_text_of_its_log() -> None:
    key = "ghp_" + MADE
    log = (
        f"measures: {{{key}: {{title: M}}}}\n"
        f"timeline:\n  - {{at: 18:20, what: It ends., counts: {{{key}: 1}}, audience: public}}\n"
    )
    found = [one for one in judged(log).diagnostics if one.code[:3] == "PM7"]
    assert [(one.code, one.span.line) for one in found] == [("PM701", 6), ("PM701", 8)]


def test_no_finding_names_a_thing_by_a_secret() -> None:
    secret = "ghp_" + MADE
    log = f"sources: {{{secret}: {{title: S}}}}\ntimeline:\n  - {{id: {secret}, at: 18:20, what: It ends.}}\n"
    one = judged(log)
    assert [found.code for found in one.diagnostics].count("PM707") == 2
    for form in FORMS:
        told = findings_as(form, [Examined(one.file, one.excerpts, one.diagnostics)])
        assert secret[-12:] not in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bo Larsen", "Then _Larsen_ came."),
        ("Larsen, Bo", "Then Larsen came."),
        ("Bo Larsen", "It is bo_Larsen."),
    ],
)
def test_a_name_is_found_beside_marks(name: str, text: str) -> None:
    people = f'people:\n  lead: {{name: "{name}", role: lead}}\n'
    log = f"{HEAD}audience: public\n{people}timeline:\n  - {{at: 18:20, what: {text}}}\n"
    found = [one for one in judge("log.yaml", log.encode(), None).diagnostics if one.code == "PM706"]
    assert len(found) == 1


def test_a_file_is_not_named_after_a_person_who_is_not_public() -> None:
    people = "people:\n  lead: {name: Bo Larsen, role: lead}\n"
    log = f"{HEAD}audience: public\n{people}timeline:\n  - {{at: 18:20, what: It ends.}}\n"
    for name, codes in (("Larsen-laptop.yaml", ["PM706"]), ("larch.yaml", [])):
        told = judge(name, log.encode(), None, "public").diagnostics
        assert [one.code for one in told if one.severity == "error"] == codes
