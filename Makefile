# The two commands of the README, and what is run less often. Everything lands in .venv and build/.

VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test test-lowest audit bench lighthouse fuzz fuzz-million fuzz-logs networks web files mutants codes pages determinism
.PHONY: lint types check-incidents pictures format lock dist sbom clean help

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | sort | awk -F'\t' '{printf "make %-18s %s\n", $$1, $$2}'

$(VENV)/runtime: pyproject.toml .ci/venv
	sh .ci/venv $(VENV) runtime

$(VENV)/dev: pyproject.toml .ci/venv .ci/requirements.txt
	sh .ci/venv $(VENV) dev

report: $(VENV)/runtime ## set everything up and render the first incident into build/
	$(BIN)/postmortem render incidents/desantis.yaml

test: lint types check-incidents ## set everything up and pass the tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev ## mypy --strict over package and tests
	$(BIN)/mypy

check-incidents: $(VENV)/dev ## the project's own logs, by the project's own check
	$(BIN)/postmortem check --strict incidents
	$(BIN)/postmortem fmt --check incidents

pictures: $(VENV)/runtime ## the README's pictures of the report, by a real browser (.ci/packages installs it)
	$(BIN)/postmortem render incidents/desantis.yaml
	node tests/browser/pictures.mjs build/desantis.html docs/pictures

lighthouse: report ## the scores of the first incident's page by Lighthouse: wants a quiet machine
	npm install --no-audit --no-fund --no-package-lock --loglevel=error --prefix build/lighthouse lighthouse@12.8.2 chrome-launcher
	POSTMORTEM_NODE_FOLDER=$(CURDIR)/build/lighthouse node tests/browser/lighthouse.mjs "$$(command -v chromium)" build/desantis.html

bench: ## measure what docs/benchmarks.md tells, on the project as it is installed
	sh .ci/venv build/bench runtime
	build/bench/bin/python -m pip install -q --disable-pip-version-check --force-reinstall --no-deps .
	env -u PYTHONDONTWRITEBYTECODE build/bench/bin/python tests/bench/startup.py
	build/bench/bin/python tests/bench/network.py
	build/bench/bin/python tests/bench/large_logs.py

format: $(VENV)/dev ## put the code into its style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/dev ## pin the development requirements anew, with hashes
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --upgrade --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml .ci/requirements.in -o .ci/requirements.txt

FUZZ_SECONDS ?= 3600
FUZZ_LOGS ?= 1000000

fuzz: $(VENV)/dev ## all harnesses for FUZZ_SECONDS (3600) together, guided by coverage where atheris is to be had
	$(BIN)/python -m pip install -q --disable-pip-version-check --only-binary :all: --require-hashes \
		-r .ci/fuzz-requirements.txt || echo "atheris is not to be had here: seeded mutations take its place"
	$(BIN)/python -m tests.fuzz.campaign --seconds $(FUZZ_SECONDS)

fuzz-million: $(VENV)/dev ## judge FUZZ_LOGS (1,000,000) mutated logs, and count what came of them
	$(BIN)/python -m tests.fuzz.million --logs $(FUZZ_LOGS)

fuzz-logs: $(VENV)/dev ## whole logs by the thousand, and every condition of determinism: an hour or two
	POSTMORTEM_TEST_EXAMPLES=5000 POSTMORTEM_LONG=1 $(BIN)/python -m pytest -n auto tests/safety tests/fuzz \
		tests/check/test_anything.py tests/read/test_mutated_logs.py tests/project/test_determinism.py

audit: $(VENV)/dev ## look every pinned requirement up among known vulnerabilities (asks the package index)
	$(BIN)/python -m venv build/audit
	build/audit/bin/python -m pip install -q --disable-pip-version-check pip-audit
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip -r .ci/requirements.txt

networks: $(VENV)/dev ## 100,000 random networks against an independent oracle: a quarter of an hour
	POSTMORTEM_NETWORKS=100000 $(BIN)/python -m pytest -n auto tests/resolve/test_random_networks.py
	$(BIN)/python tests/bench/network.py

web: $(VENV)/dev ## every hostile text in every field and output, by a real browser: .ci/packages installs it
	POSTMORTEM_LONG=1 $(BIN)/python -m pytest -s tests/browser/test_browser_hostile.py

files: $(VENV)/dev ## break and kill every command that writes, 1,000 times: half an hour
	POSTMORTEM_KILLS=1000 $(BIN)/python tests/bench/files.py

pages: $(VENV)/dev ## every page by axe, vnu and html-validate in all its looks, and the budgets of all kinds of logs
	POSTMORTEM_LONG=1 $(BIN)/python -m pytest tests/browser/test_browser_page.py tests/browser/test_browser_labels.py \
		tests/report_html/test_html_budgets.py

codes: $(VENV)/dev ## every rule's page, its example in six forms to the letter, SARIF by its schema
	$(BIN)/python -m pytest -n auto tests/check/test_pages.py tests/report_findings

determinism: $(VENV)/dev ## the same bytes over 240 conditions by every Python that is there: an hour a Python
	POSTMORTEM_LONG=1 $(BIN)/python -m pytest -n auto tests/project/test_determinism.py

mutants: $(VENV)/dev ## change the code in one place at a time, and see whether a test notices: some hours
	$(BIN)/python -m tests.mutation.run --jobs 2

test-lowest: $(VENV)/dev ## the floors below the report, with the lowest versions that pyproject.toml allows
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv venv -q --clear --python $(BIN)/python build/lowest
	$(BIN)/uv pip install -q --python build/lowest --resolution lowest-direct .
	$(BIN)/uv pip install -q --python build/lowest pytest hypothesis jsonschema
	build/lowest/bin/python -m pytest -q tests/model tests/check tests/resolve

dist: $(VENV)/dev ## build wheel and source archive: the same bytes for the same commit
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -d dist

sbom: $(VENV)/dev ## list what the project needs, as CycloneDX
	$(BIN)/python .ci/sbom.py build/sbom.cdx.json

clean: ## take out what these commands made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
