SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Set-up speaks on stderr only: what a program prints on stdout is its own.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
# Both locks are resolved for every Python from 3.11 on and name no index.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --only-binary :all: --quiet

.PHONY: run test check bench lock format

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

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:
	$(LOCK) --group dev -o requirements-dev.lock
	$(LOCK) -c requirements-dev.lock -o requirements.lock

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
