# `make demo` and `make test` need Python 3.11 or newer, make and git; everything else they install into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
CYPP := .venv/bin/cypp

.PHONY: setup demo test crash check lock clean

setup: .venv/.runtime

.venv/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("cypp needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say: make PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

demo: .venv/.runtime
	$(CYPP) demo --story

test: .venv/.dev check
	.venv/bin/pytest -n 3 --dist worksteal

# Two thousand messages and five hundred kills, on SQLite and with three copies on PostgreSQL: many minutes.
crash: .venv/.dev
	.venv/bin/pytest -m "crash or not crash" tests/crash

check: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lock:
	uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
