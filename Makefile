# Two words a day: `make run`, `make test`. Each part has a Makefile of its own with the same words.
PARTS := integrations/statuspage conan nobl9 bridge server sandbox benchmarks docs
# What is released as a package. The client is in the integration's folder.
PACKAGES := integrations/statuspage nobl9 bridge server sandbox
UV := $(CURDIR)/bin/uv

.DEFAULT_GOAL := help
.PHONY: help install run lint test bench docs packages clean

help:
	@echo "make run       start a status page, the bridge, the integration and a catalog; with .env, the integration"
	@echo "               against the services that it names. ONCE=1 does one resync and prints a table"
	@echo "make lint      check types, style and configuration files of every part"
	@echo "make test      run every test (what is missing is set up first)"
	@echo "make bench     measure resyncs of six accounts, 20 minutes; SHORT=1 for one in a minute"
	@echo "make docs      build the documentation site in docs/site"
	@echo "make packages  build the packages of a release in dist"
	@echo "make clean     remove what was set up, and what make run has kept"

install:
	@for part in $(PARTS); do \
		$(MAKE) --no-print-directory -q -C $$part install UV='$(UV)' 2>/dev/null && continue; \
		echo "Setting up $$part"; \
		$(MAKE) --no-print-directory -s -C $$part install UV='$(UV)' || exit 1; \
	done

# The launcher takes the place of the shell, so that Ctrl-C finds it at once.
run: install
	@PYTHONPATH=sandbox exec sandbox/.venv/bin/python -m launcher $(if $(filter-out 0 no false,$(ONCE)),--once)

bench: install
	@$(MAKE) --no-print-directory -C benchmarks bench $(if $(JSON),JSON='$(abspath $(JSON))')

docs:
	@$(MAKE) --no-print-directory -C docs docs UV='$(UV)'

packages:
	@for part in $(PACKAGES); do '$(UV)' build --quiet --out-dir dist $$part || exit 1; done
	@ls dist

# All parts are set up first, since some tests of one start the programs of others. Each part runs
# its tests on all cores, so the parts take turns; types and style take one core a part.
test: install
	@for part in $(PARTS); do \
		echo "--- $$part"; \
		$(MAKE) --no-print-directory -C $$part test UV='$(UV)' || exit 1; \
	done

# What a part says stays together, where this make can do that; a failed part does not stop others.
lint: install
	@$(MAKE) --no-print-directory --keep-going -j2 \
		$(if $(filter output-sync,$(.FEATURES)),--output-sync=recurse) $(PARTS:%=lint/%)

.PHONY: $(PARTS:%=lint/%)
$(PARTS:%=lint/%): lint/%:
	@echo "--- $*"
	@$(MAKE) --no-print-directory -C $* lint UV='$(UV)'

clean:
	@for part in $(PARTS); do $(MAKE) --no-print-directory -C $$part clean UV='$(UV)' || exit 1; done
	@rm -rf .run dist
