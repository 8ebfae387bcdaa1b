# Two commands are enough for a newcomer: `make demo` and `make test`.
VENV := .venv
PY := $(VENV)/bin/python
VAR ?= $(CURDIR)/var
PORT ?= 8000
# The files name every package, so nothing is resolved: an older pip asks for the newest release of `package[extra]` and then misses its hash.
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes --no-deps
export VAR

.PHONY: demo test check format cover soak bench lock clean

$(VENV)/bin/python:
	@python3 -c "import ensurepip, venv" 2>/dev/null || { echo "python3-venv ontbreekt; installeer het eerst: apt install python3-venv"; exit 1; }
	python3 -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(PIP) -r requirements.txt && touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PIP) -r requirements-dev.txt && touch $@

demo: $(VENV)/.run ## Everything on this computer: web, worker and scheduler, with demo data
	@ACADEMY_ENV=demo $(PY) manage.py demo --port $(PORT) $(if $(FRESH),--fresh)

test: $(VENV)/.dev ## The suite on SQLite, and on PostgreSQL when it is there; says what it skipped
	@$(PY) tests/run_suite.py

check: $(VENV)/.dev ## Lint, format, types, import contracts, migrations, templates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/lint-imports --no-cache
	ACADEMY_ENV=test $(VENV)/bin/mypy
	ACADEMY_ENV=test $(PY) manage.py makemigrations --check --dry-run -v0
	ACADEMY_ENV=test $(PY) manage.py check --fail-level WARNING

format: $(VENV)/.dev ## Puts the code in shape
	$(VENV)/bin/ruff check --fix-only -q .
	$(VENV)/bin/ruff format -q .

cover: $(VENV)/.dev ## Every line and branch of what decides is walked by a test, or this fails
	@$(PY) tests/run_suite.py --cover

soak: $(VENV)/.dev ## The long races and kills, full count, and faults that must be seen
	@$(PY) tests/run_suite.py --soak

bench: $(VENV)/.dev ## The benchmarks, as ratios against references in the same run
	@$(PY) -m tests.bench

LOCK := $(VENV)/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	--annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(VENV)/.dev ## Renews the hash-pinned requirement files
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Removes the state of the demo
	rm -rf $(VAR)
