# Fengsui (烽燧): every command of the project. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1

.DEFAULT_GOAL := help
.PHONY: help assets run test check core bench fuzz golden demo-plans lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

# One environment serves both; the development lock holds everything of the run lock at the same versions.
$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@ $(VENV)/run.stamp

# Looks for itself whether anything is missing in the data directory in use (FENGSUI_DATA); quick when not.
assets: $(VENV)/run.stamp
	@$(BIN)/python -m fengsui.web.assets

run: assets ## Start the desk with the demo prefecture (PORT=8000 HOST=127.0.0.1)
	@$(BIN)/fengsui demo load
	@exec $(BIN)/fengsui serve --host $(HOST) --port $(PORT)

# A file stays whole in one process, so that what it sets up once is set up once; the long files come first.
SPREAD ?= -n 2 --dist loadfile --no-loadscope-reorder

test: $(VENV)/dev.stamp assets ## Run all checks and tests; what is missing on this machine is skipped and said
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -rs $(SPREAD) tests/core tests/house
	$(BIN)/pytest -rs $(SPREAD) --ignore=tests/core --ignore=tests/house --ignore=tests/browser tests
	$(BIN)/pytest -rs $(SPREAD) tests/browser

check: $(VENV)/dev.stamp ## Style, types and room walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

core: $(VENV)/dev.stamp ## The core tests alone (seconds)
	$(BIN)/pytest tests/core tests/house

bench: $(VENV)/dev.stamp ## Measure; nothing is asserted
	$(BIN)/fengsui bench --scale prefecture

MINUTES ?= 10
fuzz: $(VENV)/dev.stamp ## Read spoilt plans for MINUTES=10; prints the seed of each that breaks a promise
	$(BIN)/python tests/core/reading_fuzz.py --minutes $(MINUTES)

golden: $(VENV)/dev.stamp ## Rewrite the golden files; read the diff before committing
	FENGSUI_GOLDEN=write $(BIN)/pytest tests/plans tests/core/test_plan_schema.py

demo-plans: $(VENV)/dev.stamp ## Rebuild the demo plans (.docx) from their texts
	$(BIN)/python demo/yunzhou/make_plans.py

lock: $(VENV)/dev.stamp ## Resolve the dependencies anew into hashed locks
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra build --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra build --extra dev --extra batch --extra bench --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

clean: ## Remove the environment, front-end packages and data of the demo
	rm -rf $(VENV) node_modules var
