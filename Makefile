# Every target sets itself up: it needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WHEELHOUSE := wheelhouse
# A folder made by `make wheelhouse` is used instead of the network.
PIP_SOURCE := $(if $(wildcard $(WHEELHOUSE)/*.whl),--no-index --find-links $(WHEELHOUSE),)
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: install spark demo test lint types bench soak docs wheelhouse lock clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "heichan needs Python 3.11 or newer. Try: make PYTHON=python3.11 install"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(PIP) install --quiet $(PIP_SOURCE) --require-hashes -r requirements.lock
	@$(PIP) install --quiet $(PIP_SOURCE) --no-deps --no-build-isolation -e .
	@touch $@

# Beyond one machine: Spark and Java's half of it, 0.5 GB, which nothing else needs.
spark: install
	@$(PIP) install --quiet $(PIP_SOURCE) --require-hashes -r requirements-spark.lock

demo: install
	@$(BIN)/heichan demo heichan-demo --force

test: install lint types
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks

# Faults in full: an hour or more. A few of each are among the tests.
soak: install
	$(BIN)/python -m tests.soak

docs: install
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.picture

# For a machine without a network: copy the folder there, then `make install`.
wheelhouse: install
	$(PIP) download --quiet --require-hashes -r requirements.lock -d $(WHEELHOUSE)

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra en --extra mcp --extra parquet --extra plot --extra stix --extra vault --group dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra spark --constraints requirements.lock pyproject.toml -o requirements-spark.lock

clean:
	rm -rf $(VENV) heichan-demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
