SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
DOCS := .venv-docs

# A lock file is whole: nothing else is resolved, so what was published since cannot get in the way.
# Set-up speaks on stderr only: what a program prints on stdout is its own.
PIP := -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all:
INSTALL := $(BIN)/python $(PIP)
# Both locks are resolved for every Python from 3.11 on and name no index.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --only-binary :all: --quiet

# Twice as many workers as a small machine has cores: while the test of one waits, another works.
WORKERS ?= 4
# Temporary files in memory, where programs may be run from there and 4 GB are free: tests wait for the disk most.
IN_MEMORY := $(shell grep -s ' /dev/shm ' /proc/mounts | grep -qv noexec && \
	df --output=avail /dev/shm | awk 'NR == 2 && $$1 > 4000000 { print "TMPDIR=/dev/shm" }')
PYTEST := $(IN_MEMORY) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q --durations 10 --durations-min 5
# UNIT starts no server but that of the database; the two together with tests/exhaustive are every test.
UNIT := tests/benchmarks tests/contracts tests/core tests/fuzz tests/golden tests/infra tests/jobs tests/soak tests/test_docs.py tests/test_glossary.py tests/test_site.py
SCENARIO := tests/adapters tests/bot tests/faults tests/scenarios tests/servers

.PHONY: run help check format test test-postgresql unit scenario soak coverage mutation planted-bugs bench bench-peers fuzz docs schema messages lock dist

run: $(VENV)/.run ## chat with oO in this terminal
	@$(BIN)/python -m bot chat

help: ## this list
	@awk -F ':.*## ' '/^[[:alnum:]_.-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: $(VENV)/.dev $(VENV)/.browser ## every test
	@$(PYTEST)

unit: $(VENV)/.dev ## the tests that start no server but a database's: three of four, in about a minute
	@$(PYTEST) --dist loadfile $(UNIT)

scenario: $(VENV)/.dev $(VENV)/.browser ## the tests that start processes and local servers
	@$(PYTEST) $(SCENARIO)

test-postgresql: $(VENV)/.dev $(VENV)/.browser ## scenarios and kills on a real PostgreSQL, without what is about a file; a selection of them is in `make test`
	@OO_TESTS_ON=postgresql $(PYTEST) tests/scenarios tests/core/delivery/test_crashes.py

soak: $(VENV)/.dev ## four soaks side by side, 10,000 kills while people use oO, then compare all records: about an hour on two cores; SOAK="--kills 500 --postgresql" for one of another kind
	@$(IN_MEMORY) $(BIN)/python -m tests.soak$(if $(SOAK), $(SOAK),.full)

coverage: $(VENV)/.dev $(VENV)/.browser ## every test, and which lines and branches they reach: all of core; slow
	@$(PYTEST) --cov --cov-report=term --cov-report=html
	@$(BIN)/python -m coverage report --include='core/*' --show-missing --fail-under=100

mutation: $(VENV)/.dev ## which small changes of what decides and sends the tests notice; slow; MODULES=core/… for some
	@$(BIN)/python -m tests.mutation $(MODULES)

planted-bugs: $(VENV)/.dev ## plants twenty bugs, one after another: a named test catches each
	@$(BIN)/python -m tests.planted_bugs

check: $(VENV)/.dev ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev ## the table of figures; BENCH=--postgresql for those on PostgreSQL
	@$(BIN)/python -m benchmarks $(BENCH)

bench-peers: $(PEERS)/.peers ## oO beside the bandits of other libraries; BENCH=--quick for a look
	@$(PEERS)/bin/python -m benchmarks.peers $(BENCH)

fuzz: $(VENV)/.fuzz ## fuzz every parser, a minute each; FUZZ="words --seconds 600" for one of them
	@$(BIN)/python -m tests.fuzz $(FUZZ)

schema: $(VENV)/.dev ## write what is generated from the code: config.schema.json, config.yaml, openapi.json, tables
	@$(BIN)/python -m bot.config.documents
	@$(BIN)/python -m bot.api.documents
	@$(BIN)/python -m bot.mcp.documents

messages: $(VENV)/.dev ## bring the catalogues of bot/languages up to date with the sentences in the code
	@$(BIN)/python -m bot.cli.messages

format: $(VENV)/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## resolve pyproject.toml into the lock files; needs uv
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(LOCK) --group peers -o requirements-peers.lock
	$(LOCK) --group docs -o requirements-docs.lock
	$(LOCK) --group fuzz -o requirements-fuzz.lock

docs: $(DOCS)/.docs ## the documentation as a site, in build/docs; every warning is an error
	@$(DOCS)/bin/python -m sphinx -c docs -d build/doctrees --fresh-env --fail-on-warning --keep-going --quiet . build/docs
	@echo "build/docs/index.html"

dist: $(VENV)/.dev ## build the wheel and the source distribution, install each afresh and try it
	@rm -rf dist
	@$(BIN)/python -m hatchling build
	@$(BIN)/python infra/try_dist.py dist/*

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

$(VENV)/.fuzz: requirements-fuzz.lock $(VENV)/.dev
	@$(INSTALL) -r requirements-fuzz.lock >&2
	@touch $@

$(VENV)/.browser: infra/browser.sh $(VENV)/.venv
	@infra/browser.sh >&2
	@touch $@

$(PEERS)/.peers: requirements-peers.lock
	@echo "Installing oO's peers into $(PEERS) (a few minutes, once)" >&2
	@$(PYTHON) -m venv $(PEERS) >&2
	@$(PEERS)/bin/python $(PIP) -r requirements-peers.lock >&2
	@touch $@

$(DOCS)/.docs: requirements-docs.lock
	@echo "Installing what the documentation needs into $(DOCS) (about a minute, once)" >&2
	@$(PYTHON) -m venv $(DOCS) >&2
	@$(DOCS)/bin/python $(PIP) -r requirements-docs.lock >&2
	@touch $@
