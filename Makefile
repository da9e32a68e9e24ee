# `make help` lists what there is. Everything lives in this folder: .venv, instance, build.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV ?= .venv
export VENV
RUN := $(VENV)/bin
WORKERS ?= 2
ARGS ?=

.PHONY: help demo demo-reset run test lint types endurance bench assets lock ready ready-dev clean

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: ready ## The 50-country visit: make it, print its papers, serve it until Ctrl-C
	@$(RUN)/visitplanner demo $(ARGS)

demo-reset: ready ## The same, afresh: what was entered since is lost
	@$(RUN)/visitplanner demo --reset $(ARGS)

run: ready ## Serve your own instance (ARGS="--host … --port …")
	@[ -e instance/visitplanner.env ] || $(RUN)/visitplanner init
	@$(RUN)/visitplanner upgrade && $(RUN)/visitplanner serve $(ARGS)

test: lint types ## Everything CI runs: lint, types, layers, tests on both databases, browser
	@$(RUN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

lint: ready-dev ## Style of code and templates, and which floor imports which
	@$(RUN)/ruff check --quiet .
	@$(RUN)/ruff format --check --quiet .
	@$(RUN)/djlint --lint --quiet templates
	@$(RUN)/lint-imports --no-cache

types: ready-dev ## mypy, strict
	@$(RUN)/mypy

endurance: ready-dev ## The long forms of the tests: forged codes, kill points, races
	@VISITPLANNER_TEST_ENDURANCE=1 $(RUN)/python -m pytest -n $(WORKERS) --dist load --timeout=7200 -m endurance $(ARGS)

bench: ready-dev ## Print the tables of benchmarks/ (best_known, which takes hours, is run by itself)
	@for name in $(filter-out best_known,$(basename $(notdir $(shell grep -l __main__ benchmarks/*.py)))); do \
	  echo "== $$name" && $(RUN)/python -m benchmarks.$$name $(ARGS) || exit 1; done

assets: ## Fetch, check and copy the vendored scripts, fonts and flags (needs Node; maintainers)
	@npm --prefix tools/assets ci --ignore-scripts --no-audit --no-fund && npm --prefix tools/assets run build

lock: ready-dev ## Pin the newest allowed versions in requirements/*.txt (ARGS="--upgrade")
	@bin/lock $(ARGS)

clean: ## Remove .venv and what builds and tests left; your instance stays
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis tests/output

ready:
	@bin/system-packages demo
	@bin/bootstrap base

ready-dev:
	@bin/system-packages test
	@bin/bootstrap dev
