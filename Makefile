# make run   set-up, demo organisation, server and worker; prints the address and fresh links
# make test  everything that CI runs
# make check the fast part of it, for every save

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN = $(VENV)/bin

export PYTHON

.PHONY: run test check format lock setup setup-dev clean

run: setup
	@exec $(BIN)/assess run --port $(PORT)

test: setup-dev
	@echo "→ format, lint, types, contracts"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config .importlinter
	@echo "→ questionnaires"
	@$(BIN)/assess check
	@echo "→ tests"
	@$(BIN)/pytest -n auto --dist loadgroup

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config .importlinter
	@$(BIN)/pytest -q -n auto -m "not browser and not postgres and not slow"

format:
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

setup:
	@.ci/system-packages run
	@.ci/environment $(PYTHON) $(VENV) requirements.lock

setup-dev:
	@.ci/system-packages test
	@.ci/environment $(PYTHON) $(VENV) requirements-dev.lock

# After a change of setup.cfg's dependencies.
lock: setup-dev
	@$(PYTHON) -m venv .make/lock
	@.make/lock/bin/pip install --quiet pip-tools
	@.make/lock/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra postgres -o requirements.lock setup.cfg
	@.make/lock/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --all-extras -c requirements.lock -o requirements-dev.lock setup.cfg

clean:
	@rm -rf $(VENV) .make build dist *.egg-info
