# Two words a day: `make lint`, `make test`. Each part has a Makefile of its own with the same words.
PARTS := integrations/statuspage server sandbox
UV := $(CURDIR)/bin/uv

.DEFAULT_GOAL := help
.PHONY: help lint test clean

help:
	@echo "make lint    check types, style and configuration files of every part"
	@echo "make test    run every test (what is missing is set up first)"
	@echo "make clean   remove what was set up"

lint test clean:
	@for part in $(PARTS); do $(MAKE) --no-print-directory -C $$part $@ UV='$(UV)' || exit 1; done
