# `make help` lists the targets. A newcomer types `make demo` or `make test`: what they need is built on the way.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PREFLIGHT :=

INSTALLED := $(VENV)/.installed
JARS := deploy/local/libs/.pom.sha256

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: demo
demo: ready ## Start everything, play a simulated year, prove the log, show the summary
	@$(BIN)/sevenx demo

.PHONY: test
test: PREFLIGHT := --install
test: ready ## Run the tests (real PostgreSQL and Kafka; without the slow ones)
	$(BIN)/pytest -q -n 2 --no-loadscope-reorder -m "not slow"

.PHONY: test-slow
test-slow: ready ## Run the slow tests: chaos, large logs
	$(BIN)/pytest -q -m slow

.PHONY: bench
bench: ready ## Measure, and show each figure beside its goal
	$(BIN)/python -m benchmarks

.PHONY: clauses
clauses: $(INSTALLED) ## Show each clause of the notice with its rules and tests; fail on a gap
	@$(BIN)/python -m tests.clauses

.PHONY: lint
lint: $(INSTALLED) ## Check style, types and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: up
up: ready ## Start everything and return when it is ready
	@$(BIN)/sevenx up --detach

.PHONY: down
down: ready ## Stop everything; the data stays
	@$(BIN)/sevenx down

.PHONY: status
status: ready ## Show what runs and what is not ready
	@$(BIN)/sevenx status

.PHONY: logs
logs: ready ## Follow the logs of all parts
	@$(BIN)/sevenx logs -f

.PHONY: preflight
preflight:
	@PYTHON="$(PYTHON)" deploy/local/preflight.sh $(PREFLIGHT)

.PHONY: ready
ready: $(INSTALLED) $(JARS)

# The locked dependencies, each checked against its hash, then this project itself.
$(INSTALLED): requirements.lock pyproject.toml | preflight
	@echo "installing the locked dependencies into $(VENV) (once)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(JARS): deploy/local/pom.xml $(INSTALLED) | preflight
	@echo "fetching Apache Kafka and making its class archive (once)"
	@$(BIN)/python -m sevenx.local.class_archive
	@touch $@
