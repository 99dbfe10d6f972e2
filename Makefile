# A fresh machine needs Python 3.11 or later and make; all else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.PHONY: run test check quality bench sample format clean

run: $(READY)  ## extract the whole corpus into outputs/
	$(BIN)/extractor run corpus --output outputs

test: $(READY)  ## the tests, doctests included
	$(BIN)/python -m pytest

check: $(READY)  ## everything that has to hold before a change lands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/extractor rules check
	$(BIN)/python -m pytest
	$(BIN)/extractor check corpus
	.ci/smoke $(BIN)/python

quality: $(READY)  ## the tables of quality, in benchmarks/QUALITY.md and the README
	$(BIN)/python benchmarks/quality.py

bench: $(READY)  ## speed, memory, growth and steps, written to RESULTS.md, SCALING.md and STEPS.md
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/scaling.py
	$(BIN)/python benchmarks/steps.py

sample: $(READY)  ## renew the committed sample, which a test compares with a fresh run
	$(BIN)/extractor run corpus/hk-retail.txt --output outputs/sample --format json

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist

# The stamp is as new as the last install; only new requirements bring another one.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@
