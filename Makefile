# Two commands do all the set-up on a machine with Python 3.11+ and git: make demo, make test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PORT ?= 8001

.PHONY: demo test lint types imports tests compiled docs benchmark screenshots sample clean

demo: $(VENV)/.installed  ## build the sample corpus and serve it on loopback
	$(BIN)/rodtrad demo --port $(PORT)

test: lint types imports tests  ## lint, types, import contract, tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

compiled: $(VENV)/.installed-dev  ## compile anew what reads PDFs, after a change of it (minutes)
	$(BIN)/python setup.py -q build_ext --inplace

docs: $(VENV)/.installed-dev  ## make the generated pages of docs/ and the README's figures anew
	$(BIN)/python -m cogapp -r docs/commands.md docs/tables.md
	$(BIN)/python benchmarks/figures.py

benchmark: compiled  ## time reading against other readers, for the README (minutes)
	$(BIN)/python benchmarks/reading.py --write

screenshots: $(VENV)/.installed-dev  ## take the README's pictures anew (needs Debian's chromium)
	$(BIN)/python docs/screenshots.py

sample: $(VENV)/.installed-dev  ## typeset the sample corpus anew (needs Pango, see CONTRIBUTING)
	$(BIN)/python corpus/sample/source/typeset.py
	$(BIN)/python corpus/sample/source/structure.py

$(BIN)/python:
	$(PYTHON) -c "import sys; sys.exit('Rödtråd needs Python 3.11 or newer: make PYTHON=python3.12' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	touch $@

# torch goes first and by its own version: what depends on it would else bring the newest build.
$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --upgrade "pip>=25.1"
	$(PIP) torch==2.13.0
	RODTRAD_COMPILE=1 $(PIP) --editable ".[sentence-transformers]" --group dev
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist *.egg-info ingest/*.so
