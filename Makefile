# Everything from a bare Python 3.11 on: the virtual environment, the page's JavaScript (with a node
# from PyPI), the browser and the geocoding server for the tests are set up on the way.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$name"; break; }; done)
BIN := .venv/bin
INSTALLED := .venv/.installed
SERVERS := .venv-servers
# So many processes share out the tests, file by file (tests/workers.py).
WORKERS ?= 2
PINS := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt

.PHONY: demo test lint format build browser servers assets clean

demo: assets
	$(BIN)/incident-mapper demo --output demo/

# The closing line is pytest's.
test: lint browser servers
	$(BIN)/python -m build_hook npm test
	$(BIN)/python -m pytest -n $(WORKERS) --max-worker-restart=0

lint: assets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m build_hook npm run check

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A wheel and a source distribution, in dist/.
build: $(INSTALLED)
	$(PINS) $(BIN)/python -m build

# The area data and the page's scripts, where something they are made from changed.
assets: $(INSTALLED)
	$(BIN)/python -m build_hook

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none found" >&2; exit 1; }
	@echo "setting up .venv, the area data and the page's scripts: a few minutes, once"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PINS) $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-e '.[dev,online,scale,fuzz]'
	@touch $@

# Chromium for the tests: the one that is there, else Debian's, else Playwright's own. Without one
# the browser tests are skipped, or fail where CI=true.
browser: $(INSTALLED)
	@$(BIN)/python tests/find_browser.py >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } \
	|| $(BIN)/playwright install chromium \
	|| echo "no browser could be installed: the browser tests will not run" >&2

# A Nominatim for the tests: Debian's PostgreSQL, PostGIS, osm2pgsql and PyICU (from PyPI it would
# have to be compiled), the rest from PyPI in an environment of its own. Without root and apt-get its
# tests are skipped, or fail where CI=true. RUNLEVEL: no server of Debian's own is started.
servers:
	@$(MAKE) --silent $(SERVERS)/.installed \
	|| echo "no Nominatim could be installed: the tests with it will not run" >&2

$(SERVERS)/.installed: tests/servers/requirements.txt
	@ls /usr/lib/postgresql/*/bin/initdb /usr/share/postgresql/*/extension/postgis.control \
		>/dev/null 2>&1 && command -v osm2pgsql >/dev/null && /usr/bin/python3 -c 'import icu, venv' \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			osm2pgsql postgresql postgresql-postgis postgresql-postgis-scripts python3-icu python3-venv; }
	@/usr/bin/python3 -m venv --clear --system-site-packages $(SERVERS)
	@$(SERVERS)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean:
	rm -rf .venv $(SERVERS) build dist demo maps/assets maps/js/node_modules geo/data/areas.zip \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
