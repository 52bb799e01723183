# What a developer types. `make check` is what CI runs. The environment is the one that the README's test command makes.
BIN ?= .venv/bin

.PHONY: check test lint format bench reference pictures fonts gallery fuzz worst

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
# `benchmarks.race` has switches for less, see docs/performance.md.
bench:
	$(BIN)/python -m benchmarks.race
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.publishing
	$(BIN)/python -m benchmarks.preview
	$(BIN)/python -m benchmarks.rebuild

# The pages in docs/reference/ and the lists in docs/themes.md, from the code. The tests fail while they are stale.
reference:
	$(BIN)/python -m tools.reference

# The pictures in docs/pictures/, with the Chromium that is installed. They are for readers, never a test: fonts differ.
pictures:
	PYTHONPATH=tests $(BIN)/python -m tools.pictures

# Pages of every kind in every theme and mode on contact sheets, for looking at; never committed. The tool has switches for less.
GALLERY ?= /tmp/gallery
gallery:
	$(BIN)/python -m tools.gallery --out $(GALLERY)

# The fonts in themes/*/assets/fonts/ and the rules for them, see tools/fonts.py. FONTS is the `node_modules` with the whole
# families, RULES a folder for the rules. What it writes is committed, so nobody needs it who does not change a font.
FONTS ?= node_modules
RULES ?= rules
fonts:
	$(BIN)/python -m tools.fonts $(FONTS) $(RULES)

# Coverage-guided fuzzing, see fuzz/README.md. FUZZ is a Python in which atheris and this package are installed.
FUZZ ?= .venv-fuzz/bin/python
SECONDS ?= 600
TIMEOUT ?= 2
fuzz:
	$(FUZZ) fuzz/harness.py -max_total_time=$(SECONDS) -timeout=$(TIMEOUT) -rss_limit_mb=500 -max_len=65536

# Time and memory of `manifesto check` on the worst files that could be thought of.
worst:
	$(BIN)/python fuzz/worst.py
