# Two commands: `make run` serves the app, `make test` checks everything.
# Needed beforehand: Python 3.11 or newer with pip. Everything else is set up here.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint bench setup setup-dev chromium clean

run: setup
	@sh scripts/chromium.sh || true
	$(BIN)/python app.py

test: setup-dev
	@sh scripts/chromium.sh
	@sh scripts/office.sh || true
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: setup-dev
	@sh scripts/chromium.sh
	$(BIN)/python -m bench

setup: $(VENV)/run.stamp
setup-dev: $(VENV)/dev.stamp

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV) || $(PYTHON) -m pip install --user virtualenv && test -x $@ || $(PYTHON) -m virtualenv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache
