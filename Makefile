# What a developer types. `make check` is what CI runs. The environment is the one that the README's test command makes.
BIN ?= .venv/bin

.PHONY: check test lint format bench reference

check: lint test

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test:
	$(BIN)/python -m pytest

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Timings are for reading, never a test: machines differ and are busy.
bench:
	$(BIN)/python benchmarks/check.py

# The pages in docs/reference/, from the code. The tests fail while they are stale.
reference:
	$(BIN)/python -m tools.reference
