# `make serve` and `make test` do everything on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONTENT := $(shell find src/kneewise/knowledge/content -name '*.yaml')
ARTEFACT := src/kneewise/knowledge/compiled.json

.PHONY: install serve test check check-proofs check-all-else bench docs interop messages knowledge campaign lock browser clean

install: .stamp-install $(ARTEFACT)

.stamp-install: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kneewise needs Python 3.11 or newer (this is $$($(PYTHON) --version))"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	SKIP_KNOWLEDGE=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(ARTEFACT): .stamp-install $(CONTENT) src/kneewise/knowledge/*.py src/kneewise/intake/*.py
	$(BIN)/python -m kneewise.knowledge.compile

knowledge: .stamp-install
	$(BIN)/python -m kneewise.knowledge.compile

serve: install
	$(BIN)/kneewise serve

# A Chromium for the browser tests: the one present, else the system's package, else playwright's own.
browser: .stamp-install
	@$(BIN)/python tests/browser/find_chromium.py --install

test: install browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --hazard-report=reports/hazards.json --coverage-report=reports/coverage.json

# The proofs take as long as all the rest: both at once.
check: install
	@$(MAKE) --no-print-directory -j 2 check-all-else check-proofs

check-proofs:
	$(BIN)/kneewise knowledge prove -o reports/counter-examples

check-all-else:
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kneewise knowledge check
	$(BIN)/python safety/check_hazards.py
	$(BIN)/kneewise knowledge coverage --tests reports/coverage.json

bench: install
	$(BIN)/python -m benchmarks $(NAME)

# All that is known as a static site, site/index.html, and the tables in docs/reference/.
docs: install
	$(BIN)/python docs/build.py

# The strings of the interface for translators: src/kneewise/web/locale/django.pot.
messages: install
	$(BIN)/python -m docs.messages

# Foreign FHIR clients, with Node from a Python package: interop/README.md.
interop: install browser
	$(BIN)/python -m interop

campaign: install
	$(BIN)/python -m benchmarks.campaign
	$(BIN)/python -m benchmarks.programmes

# Locks carry hashes and no address.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet pip-tools
	.venv-lock/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header --extra dev -o requirements-dev.lock pyproject.toml
	.venv-lock/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header -c requirements-dev.lock -o requirements.lock pyproject.toml
	rm -rf .venv-lock

clean:
	rm -rf $(VENV) .stamp-* reports site site-src $(ARTEFACT)
