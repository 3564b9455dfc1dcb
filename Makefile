# Needs GNU make, git and Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
PY := .venv/bin/python
NODE ?= node
PIP := $(PY) -m pip --disable-pip-version-check --quiet
LOCK := .venv-lock/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(ARGS)

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site
.PHONY: site test lint pytest data quick mutate score serve bench lighthouse bench-search lock clean

# The plugin replaces site/ only when everything has succeeded. No --quiet: it would hide warnings from --strict.
site: .venv/site
	@$(PY) -m generator check
	@$(PY) -m mkdocs build --strict

test: lint pytest

lint: .venv/test .cache/typescript/ready
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(NODE) .cache/typescript/node_modules/typescript/lib/tsc.js --project tests/types

pytest: .venv/test
	@sh tests/setup_tools.sh $(PY)
	$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal

# What this site's own data must hold; its texts may be edited without the tests of the tool.
data: .venv/test
	$(PY) -m pytest -q tests/data

# For the work in between: folders of tests are about whole sites, workbooks and dialogues, but for these.
quick: .venv/test
	$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal -q -m "not slow" tests/test_*.py tests/index tests/importer

mutate: .venv/test
	$(PY) tests/mutation.py $(ARGS)

# How well texts are imported; CORPUS is a folder of texts with an INDEX.json (tests/score_import.py says what it holds).
score: .venv/site
	@PYTHONPATH=. $(PY) tests/score_import.py $(CORPUS)

serve: .venv/site
	$(PY) -m mkdocs serve

bench: .venv/bench
	PYTHONPATH=. $(PY) tests/bench.py

bench-search: .venv/test .venv/bench
	@sh tests/setup_tools.sh $(PY)
	PYTHONPATH=. $(PY) tests/bench_search.py

lighthouse: site
	$(PY) tests/lighthouse.py $(ARGS)

lock: .venv-lock/uv
	$(LOCK) pyproject.toml requirements/site.in -o requirements/site.txt
	$(LOCK) requirements/test.in -o requirements/test.txt
	$(LOCK) requirements/bench.in -o requirements/bench.txt

clean:
	rm -rf site .site-new* .site-old-* .site.lock .venv .venv-lock .cache build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

# Stamps: what is set up is not set up again until its list changes.
.venv/site: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更新版本，可用 make PYTHON=python3.12 指定 / Python 3.11 or newer is needed: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo '缺少 venv 模块，Debian/Ubuntu 请先运行 apt install python3-venv / Python has no venv module: apt install python3-venv' >&2; exit 1; }
	@echo '准备 .venv / setting up .venv'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements/site.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/site requirements/test.txt
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

.venv/bench: .venv/site requirements/bench.txt
	@$(PIP) install --require-hashes --no-build-isolation --use-pep517 -r requirements/bench.txt
	@touch $@

.cache/typescript/ready: tests/setup_types.sh tests/types/package.json tests/types/package-lock.json
	@NODE=$(NODE) sh tests/setup_types.sh $(@D)
	@touch $@

.venv-lock/uv:
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	@touch $@
