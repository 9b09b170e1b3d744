# The project's commands. `make demo` and `make test` set everything up by themselves.
.PHONY: help demo test bench load setup lint types imports words tests goldens soak explore simulate wheels lock \
    clean

PY := .venv/bin/python
READY := .venv/ready
READY_FOR_TESTS := .venv/ready-test
WORKERS ?= 2

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(READY): requirements-dev.txt debian-packages.txt setup.cfg pyproject.toml .ci/setup
	.ci/setup

setup: $(READY) ## Debian packages, fonts, virtual environment

demo: $(READY) ## the main job: by hand at a terminal, by itself without one
	@if [ -t 0 ] && [ -t 1 ]; then $(PY) -m tests.demo.by_hand; \
	else $(PY) -m tests.demo; fi

test: lint types imports words tests ## everything that must hold before a commit

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: $(READY_FOR_TESTS)
	.venv/bin/mypy

imports: $(READY)
	.venv/bin/lint-imports --no-cache

words: $(READY) ## every sentence in Chinese and English
	$(PY) -m terminal.ui.catalogue check

$(READY_FOR_TESTS): requirements-test.txt debian-packages-test.txt $(READY)
	.ci/setup test

tests: $(READY_FOR_TESTS)
	$(PY) -m pytest -n $(WORKERS)

bench: $(READY) ## one table of ratios beside floors and peers
	$(PY) -m tests.bench

load: $(READY) ## a backlog of 100,000 records, 200 terminals at once: two minutes
	$(PY) -m tests.load

goldens: $(READY) ## accept changed screens and slips
	UPDATE_GOLDENS=1 $(PY) -m pytest -n $(WORKERS) tests/ui tests/printer tests/core tests/flows

soak: $(READY) ## random cashiers: 100,000 steps of one long story, 100,000 of short ones
	SOAK_STEPS=100000 $(PY) -m pytest -n 0 --timeout 7200 tests/flows/test_random_cashier.py

explore: $(READY_FOR_TESTS) ## examples that nobody has tried yet, 1,500 of each property: ten minutes
	EXPLORE=1 $(PY) -m pytest -n $(WORKERS) --timeout 1200 $$(grep -rl --include='test_*.py' \
	    'from hypothesis' tests | grep -v '^tests/lab/')

simulate: $(READY) ## terminals, office and network from seeds: SEEDS=n [FROM=k], or SEED=k alone
	@SEED=$(SEED) $(PY) -m tests.simulation $(or $(SEEDS),200) $(or $(FROM),1)

wheels: ## Python packages for ./install.sh --wheels var/wheels, where there is no network
	./install.sh --make-wheels var/wheels

lock: ## lock requirements*.in with hashes (needs uv)
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 requirements-backoffice.in -o requirements-backoffice.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 requirements-test.in -o requirements-test.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.11 requirements-lab.in -o requirements-lab.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.13 tests/lab/slips/requirements-emupos.in \
	    -o tests/lab/slips/requirements-emupos.txt

# The device lab; its own set-up installs the Debian packages of debian-packages-lab.txt and the
# readers of requirements-lab.txt. The rootfs needs root.
.PHONY: lab lab-quick lab-mutants lab-slips lab-slips-emupos
LAB_READY := .venv/ready-lab

$(LAB_READY): requirements-lab.txt debian-packages-lab.txt $(READY)
	.ci/setup lab

lab: $(LAB_READY) ## the installed product on a real kernel: power-on to slip, faults, power cuts
	$(PY) -m tests.lab.full

lab-quick: $(LAB_READY) ## the drivers on real kernel devices, in a minute or two
	$(PY) -m tests.lab.quick

lab-mutants: $(LAB_READY) ## each broken product fails the scenario that guards it
	$(PY) -m tests.lab.mutants

lab-slips: $(LAB_READY) ## the slips that the lab kept: three readers of QR codes, no command from data
	$(PY) -m tests.lab.slips var/lab

lab-slips-emupos: $(LAB_READY) ## the same on a printer of others (needs Python 3.13 for it)
	$(PY) -m tests.lab.slips.emupos_job var/lab

clean:
	rm -rf .venv var build *.egg-info
