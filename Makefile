# Two commands to know: `make run` to look at it, `make test` to check it. Both do all set-up.
# DATABASE_URL, where set, replaces the checkout's own PostgreSQL.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
POSTGRES := $(BIN)/python -m dev.postgres
PRACTICE := EVENHAND_HOME=$(CURDIR)/.evenhand/practice EVENHAND_PRACTICE=1

.PHONY: run test lint soak-pages demo-reset practice practice-reset replay prepare catalogues clean

run: prepare  ## server, worker and demo book on http://127.0.0.1:8000
	EVENHAND_DEMO=$${EVENHAND_DEMO:-1} $(POSTGRES) with $(BIN)/evenhand run

test: prepare  ## every test; ARGS="evenhand/core -k money" for some
	sh dev/prepare browser
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: prepare  ## style, types, the slope of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo-reset: prepare  ## throw the demo book away and make it anew
	EVENHAND_DEMO=1 $(POSTGRES) with $(BIN)/evenhand demo reset

practice: prepare  ## a house for staff to practise in, its own database, on http://127.0.0.1:8001
	$(PRACTICE) $(POSTGRES) with $(BIN)/evenhand run --port 8001 $(ARGS)

practice-reset: prepare  ## throw away what was practised and make the practice book anew
	$(PRACTICE) $(POSTGRES) with $(BIN)/evenhand demo reset

replay: prepare  ## 30,000 real clients through the whole machine; ARGS="--people 3000" for some
	$(POSTGRES) with $(BIN)/python -m dev.replay $(ARGS)

soak-pages: prepare  ## the journeys with every page given to axe twice and opened in every language
	sh dev/prepare browser
	EVENHAND_LONG=1 $(BIN)/pytest -n 2 --dist loadfile journeys

# A benchmark or soak is a module of benchmarks/; `make bench-close` runs benchmarks/close.py.
bench-%: benchmarks/%.py prepare
	$(POSTGRES) --fast with $(BIN)/python -m benchmarks.$* $(ARGS)

soak-%: benchmarks/soak_%.py prepare
	$(POSTGRES) --fast with $(BIN)/python -m benchmarks.soak_$* $(ARGS)

prepare: $(READY) catalogues

catalogues: $(READY)
	@$(BIN)/python -m dev.catalogues

$(READY): requirements-dev.txt pyproject.toml
	PYTHON=$(PYTHON) sh dev/prepare python
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:  ## the server stops; the virtual environment and all made-up data go
	-[ ! -x $(BIN)/python ] || { $(POSTGRES) --fast remove; $(PRACTICE) $(POSTGRES) remove; $(POSTGRES) remove; }
	rm -rf .venv .evenhand *.egg-info .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
