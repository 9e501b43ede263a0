# Two commands do everything on a bare machine with Python 3.11+ and make:
#   make maps   set up, then build registry, scores, maps and tables into maps/
#   make test   set up with the test extras, then run the whole test suite
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
INPUTS := pyproject.toml constraints.txt $(shell find georisk seeds data -type f -not -path '*/__pycache__/*' 2>/dev/null | sed 's/ /\\ /g')

.PHONY: maps test check bench clean

maps: $(VENV)/.installed
	$(BIN)/georisk build

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-test
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build dist .georisk

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit("georisk needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

# Not editable: files that the wheel carries along (seeds, data) would go stale.
$(VENV)/.installed: $(VENV)/.made $(INPUTS)
	$(PIP) .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) '.[test]'
	touch $@

$(VENV)/.installed-check: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) '.[check]'
	touch $@
