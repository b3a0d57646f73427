# The vocabulary of the project. Needs Python 3.11 or later and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test lint compile eval bench faults schemas lock clean

help: ## show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

install: .venv/installed ## make .venv with the daybook command in it, from the hashed lock file

install-dev: .venv/installed-dev ## the same, with what tests and checks need

run: .venv/installed ## start Kafka and the worker, feed seeds/articles/, show the counts (ARGS="--once --articles DIR")
	@$(BIN)/daybook run $(ARGS)

test: lint ## run every check and test, those on the real broker too (ARGS="tests/unit -k name")
	@echo "== tests"
	@$(BIN)/pytest --numprocesses 2 --dist loadfile $(ARGS)

lint: .venv/installed-dev ## check format, style and types
	@echo "== ruff and mypy"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

compile: .venv/installed-dev ## optional: compile what is hot, about a fifth faster (needs a C compiler and Python's headers)
	@$(BIN)/python scripts/compile_modules.py

eval: .venv/installed-dev ## compare what reading and coding find in seeds/ with the gold annotations
	@$(BIN)/python -m tests.evaluation $(ARGS)

bench: .venv/installed ## measure articles a second, words a second and memory on seeds/
	@$(BIN)/python -m tests.benchmarks $(ARGS)

faults: .venv/installed-dev ## faults of every kind on the real broker, for hours (ARGS="--list", "--scenario kill mix --seeds 5 --minutes 60")
	@$(BIN)/python -m tests.faults $(ARGS)

schemas: .venv/installed ## write config/schemas/ and config/asyncapi.yaml again from the records and the topics
	@$(BIN)/python -m streams.schemas config

lock: ## solve the dependencies again and write both lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove .venv and what tools leave behind (the state in .daybook stays)
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis streams/_compiled*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Daybook needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@echo "== making .venv"
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "== installing from requirements.lock (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo "== installing from requirements-dev.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
