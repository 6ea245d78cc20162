# Everything a newcomer runs. `make demo` shows Innpass, `make test` proves it.
PYTHON ?= python3.11
PORT ?= 8000
UV = .venv/bin/uv
COMPILE = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11
export UV_PYTHON_DOWNLOADS = never

.PHONY: help setup demo test check fix score lock wheel

help:  ## List what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/synced  ## Make .venv, install what is locked, fetch style sheets and fonts
	@DJANGO_SETTINGS_MODULE=innpass.config.settings.dev .venv/bin/innpass assets

demo: setup  ## Show Innpass with an invented municipality; PORT=8001 for another port
	@DJANGO_SETTINGS_MODULE=innpass.config.settings.demo .venv/bin/innpass demo --port $(PORT)

test: setup  ## Run every check and test, on SQLite and PostgreSQL, with a real browser
	@.venv/bin/python -m tests.run

check: .venv/synced  ## Run the linters and the type check alone
	@.venv/bin/python -m tests.run --only lint

fix: .venv/synced  ## Let the tools mend form and imports
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/djlint innpass --reformat --quiet || true

score: setup  ## Score the import of the sample municipality against the truth; FOLDER=… for another
	@.venv/bin/python -m tests.score $(FOLDER)

lock: $(UV)  ## Choose the newest permitted versions and lock them
	$(COMPILE) --upgrade requirements/uv.in -o requirements/uv.txt
	$(COMPILE) --upgrade pyproject.toml -o requirements/run.txt
	$(COMPILE) --upgrade --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	npm install --package-lock-only --ignore-scripts

wheel: setup  ## Build a wheel that carries its style sheets and fonts
	@$(UV) build --quiet --wheel --no-build-isolation --out-dir dist

$(UV): requirements/uv.txt
	@command -v $(PYTHON) >/dev/null || { echo "Install Python 3.11 first: $(PYTHON) was not found."; exit 1; }
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/synced: $(UV) requirements/dev.txt pyproject.toml
	@$(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
