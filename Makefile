# `make demo` and `make test` set up all they need on first use.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
JOBS   ?= 4

# What the real fabric, the shell completions and the terminal tests need, as Debian names it.
PACKAGES := frr lldpd openssh-server nftables ethtool iproute2 iputils-ping procps sudo \
            zsh fish bash-completion tmux

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format generated packages clean

help: ## show this
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(READY) ## diagnose a fault in a simulated network
	$(BIN)/netdoctor demo $(SCENARIO) $(if $(TOPOLOGY),--topology $(TOPOLOGY))

test: $(READY) packages ## all tests, those on the real fabric too (needs root)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not fabric"
	$(BIN)/python -m pytest -m fabric

check: $(READY) ## the quick gate before every commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/netdoctor checks lint
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not fabric and not slow"

bench: $(READY) ## how long things take, against something to compare with
	$(BIN)/python -m benchmarks

format: $(READY) ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generated: $(READY) ## write again what is generated: completions/, docs/checks.md, docs/causes.md, the demo in README.md, coverage.json
	$(BIN)/python docs/generate.py
	$(BIN)/python -m tests.corpus.test_coverage

# Debian packages: installed when root and missing, else named.
packages:
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "not installed, their tests are skipped:$$missing"; exit 0; \
	fi; \
	apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null

clean: ## remove what was made here
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
