SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers

# A lock file is whole: nothing else is resolved, so what was published since cannot get in the way.
# Set-up speaks on stderr only: what a program prints on stdout is its own.
PIP := -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all:
INSTALL := $(BIN)/python $(PIP)
# Both locks are resolved for every Python from 3.11 on and name no index.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --only-binary :all: --quiet

.PHONY: run test check bench bench-peers lock format

run: $(VENV)/.run
	@$(BIN)/python -m bot chat

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

bench-peers: $(PEERS)/.peers
	@$(PEERS)/bin/python -m benchmarks.peers $(BENCH)

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(LOCK) --group peers -o requirements-peers.lock

$(VENV)/.venv:
	@echo "Setting up $(VENV)" >&2
	@$(PYTHON) -m venv $(VENV) >&2
	@touch $@

$(VENV)/.run: requirements.lock $(VENV)/.venv
	@echo "Installing what oO needs (about a minute, once)" >&2
	@$(INSTALL) -r requirements.lock >&2
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.venv
	@echo "Installing what the tests need (a few minutes, once)" >&2
	@$(INSTALL) -r requirements-dev.lock >&2
	@touch $@ $(VENV)/.run

$(PEERS)/.peers: requirements-peers.lock
	@echo "Installing oO's peers into $(PEERS) (a few minutes, once)" >&2
	@$(PYTHON) -m venv $(PEERS) >&2
	@$(PEERS)/bin/python $(PIP) -r requirements-peers.lock >&2
	@touch $@

# The documentation, built in an environment of its own.
DOCS := .venv-docs

.PHONY: docs lock-docs

docs: $(DOCS)/.docs ## the documentation as a site, in build/docs; every warning is an error
	@$(DOCS)/bin/python -m sphinx -c docs -d build/doctrees --fresh-env --fail-on-warning --keep-going --quiet . build/docs
	@echo "build/docs/index.html"

lock: lock-docs

lock-docs:
	$(LOCK) --group docs -o requirements-docs.lock

$(DOCS)/.docs: requirements-docs.lock
	@echo "Installing what the documentation needs into $(DOCS) (about a minute, once)" >&2
	@$(PYTHON) -m venv $(DOCS) >&2
	@$(DOCS)/bin/python $(PIP) -r requirements-docs.lock >&2
	@touch $@
