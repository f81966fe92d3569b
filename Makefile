# Set-up happens by itself: each target depends on the virtual environment it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := $(filter-out packs,$(patsubst src/archwright/%/__init__.py,%,$(wildcard src/archwright/*/__init__.py)))

.PHONY: setup demo test test-full check lint types unit bench bless lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Archwright needs Python 3.11 or newer (PYTHON=...)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

setup: $(STAMP) ## create the environment

demo: $(STAMP) ## set everything up, then build the short-video platform into ./clipster
	$(BIN)/archwright build "Build a TikTok clone" --out clipster --yes

check: $(STAMP) ## lint, types, layers, unit tests (under 90 s)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/unit tests/properties tests/cases tests/faults -n auto

test: $(STAMP) ## everything a change must pass: checks, properties, faults, one flagship through every gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage erase
	$(BIN)/pytest tests/unit/build tests/faults -n auto --cov --cov-report=
	$(BIN)/pytest tests/unit tests/properties tests/cases --ignore=tests/unit/build -n auto --cov --cov-append --cov-report=
	$(BIN)/pytest tests/live -m "not slow" -n 2 --dist loadfile --cov --cov-append --cov-report=
	@for package in $(PACKAGES); do \
	  $(BIN)/coverage report --include="src/archwright/$$package/*" --fail-under=90 --format=total > /dev/null \
	    || { echo "branch coverage of $$package is below 90 %:"; $(BIN)/coverage report --include="src/archwright/$$package/*"; exit 1; }; \
	done

test-full: test ## also the slow tests
	$(BIN)/pytest tests/live -m slow

bench: $(STAMP) ## measure: planning, emission, a whole proven build, growth with size, REST, realtime; SOAK=10 adds minutes of mixed load
	$(BIN)/python bench/run.py
	$(BIN)/python bench/rest.py
	$(BIN)/python bench/realtime.py
	$(if $(SOAK),$(BIN)/python bench/soak.py --minutes $(SOAK))

bless: $(STAMP) ## rewrite the golden cases from what is emitted now; read the diff
	ARCHWRIGHT_BLESS=1 $(BIN)/pytest tests/cases

lock: $(STAMP) ## renew requirements.lock and the npm lock
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	$(BIN)/python -m archwright.adapters.npm_lock

clean: ## remove what the targets made
	rm -rf $(VENV) clipster bench/results .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
