# The same commands everywhere: setup, demo, test, check, bench. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup setup-dev demo test soak drill check bench lock clean
help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.run  ## install standwith into .venv
$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml deploy/setup.sh
	sh deploy/setup.sh run "$(PYTHON)"

setup-dev: $(VENV)/.dev  ## install what the tests need, the browser included
$(VENV)/.dev: $(VENV)/.run requirements/dev.txt tests/stories/package-lock.json
	sh deploy/setup.sh dev "$(PYTHON)"

demo: setup  ## load the example campaign, serve it, print the addresses
	@$(BIN)/standwith demo examples/stand-with-belarus --directory examples/directory

test: setup-dev  ## run all tests
	$(BIN)/python -m pytest -n auto

soak: setup-dev  ## let the ledger's clerk die 10,000 times, another way each time
	$(BIN)/python -m tests.faults.ledger_trial --kills 10000 --seed "$$(date +%s)"

drill: setup-dev  ## seize a machine that 100,000 people signed on, and look for them; writes docs/drill.md
	$(BIN)/python -m tests.drill

check: setup-dev  ## lint, types, floors, templates, sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --lint src --quiet
	$(BIN)/python -m tests.architecture.sizes

bench: setup-dev  ## measure speed against references in the same run; writes docs/performance.md
	$(BIN)/python -m bench

lock: setup-dev  ## pin the dependencies again, with hashes and without addresses
	sh deploy/lock.sh

clean:  ## remove what was installed and built
	rm -rf $(VENV) .demo dist build
