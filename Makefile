# make demo   the main job, once, in a temporary project: what it picked, rendered and sent, and where to look
# make test   every check that CI runs
# make check  lint, types and import arrows only
# make bench  how fast and how safe sending is, side by side with others; writes docs/performance.md
# make quality how good picking, summaries and page texts are, beside plain methods (on ../shared/data, where that is)
# make cases  inputs after public bug reports, each with what was seen (on ../shared/cases, where that is)

VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test check pytest bench quality cases system clean

demo: $(VENV)/.installed
	$(BIN)/digest demo

test: system check pytest

check: $(VENV)/.installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache >.import-linter.log || { cat .import-linter.log; exit 1; }

pytest: $(VENV)/.installed-for-tests
	$(BIN)/pytest --quiet --numprocesses 2 --dist loadgroup

bench: $(VENV)/.installed-for-tests system
	$(BIN)/python benchmarks/performance.py --write docs/performance.md

quality: $(VENV)/.installed-for-tests
	$(BIN)/python benchmarks/quality.py ../shared/data

cases: $(VENV)/.installed-for-tests system
	$(BIN)/python benchmarks/cases.py ../shared/cases

system:
	sh scripts/system-packages

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	sh scripts/make-venv $(PYTHON) $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-for-tests: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[test,postgresql]'
	touch $@ $(VENV)/.installed
