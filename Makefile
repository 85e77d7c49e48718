# The commands of a checkout. Each sets up what it needs: Python 3.11 or later and make are enough.
#   make demo      build a graph from examples/, print answers, write out/demo/graph.ttl and graph.html
#   make test      run the tests                make check     lint and type-check
#   make docs      regenerate docs/             make evaluate  score extraction against GOLD
#   make package   build the wheel and try it   make lock      renew the pinned requirements
# Another Python: make test PYTHON=python3.12 VENV=.venv312

PYTHON ?= python3
VENV ?= .venv
GOLD ?= ../shared/gold/dev
BIN := $(VENV)/bin
FOLDERS := $(shell find app corpus explorer extract graph networks ontology queries serve -type d ! -name __pycache__)

# OpenBLAS threads cost more than they bring on one sentence at a time.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: setup demo test check docs evaluate package lock clean
.DELETE_ON_ERROR:

setup: $(VENV)/.linked

$(VENV)/.installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: $(PYTHON) is not Python 3.11 or later; name one: make PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# A strict editable install links single files: a file that was added or removed changes its folder's time.
$(VENV)/.linked: $(VENV)/.installed pyproject.toml $(FOLDERS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	@PATH="$(abspath $(BIN)):$$PATH" sh examples/demo.sh out/demo

# A process for each core; the tests of a file stay together, since they share stores and servers.
test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: setup
	$(BIN)/python docs/generate.py

evaluate: setup
	$(BIN)/alliancegraph evaluate $(GOLD) --documents --calibration

package: setup
	VENV=$(abspath $(VENV)) bash .ci/package

lock: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	    --python-version 3.11 -o requirements.txt pyproject.toml requirements.in
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	    --python-version 3.11 -o requirements-dev.txt -c requirements.txt --extra dev pyproject.toml requirements-dev.in

clean:
	rm -rf out dist .mypy_cache .ruff_cache .pytest_cache
