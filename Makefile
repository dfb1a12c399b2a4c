# Every target makes the environment it needs first, from the hashed lock files under requirements/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# uv installs ten times faster than pip; without it the environment is the same, made by venv and pip.
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) --require-hashes

.PHONY: help crawl test test-nightly lint bench extras lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "gov_reports needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …")'
	@echo "making $(VENV) …"
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/.%: requirements/%.txt | $(BIN)/python
	@echo "installing requirements/$*.txt …"
	@$(INSTALL) -r $<
	@touch $@

crawl: $(VENV)/.core ## The whole job on the demo portals, with no network: crawl, extract, store
	$(BIN)/scrapy crawl gov_reports -a portals=demo

test: $(VENV)/.dev ## The whole test suite
	$(BIN)/python -m pytest -n auto

test-nightly: $(VENV)/.dev ## The tests that take minutes: random kills, long crawls, large tables
	$(BIN)/python -m pytest -n auto -m nightly

lint: $(VENV)/.dev ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench ## Speed of pages against an lxml parse and other extractors, of crawls against bare Scrapy; growth of stores
	@missed=; for part in pages crawl datasets; do \
	  echo "== benchmarks.$$part"; $(BIN)/python -m benchmarks.$$part || missed="$$missed $$part"; done; \
	if [ -n "$$missed" ]; then echo "missed a target or failed:$$missed"; exit 1; fi

extras: $(VENV)/.extras ## Add what some users need: Parquet, PostgreSQL, alerts, more machines

lock: ## Renew the lock files (needs uv)
	@for set in core extras dev bench; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/$$set.in -o requirements/$$set.txt; done

clean: ## Remove the environment and the caches (never output/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
