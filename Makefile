# The commands of this repository. `make` lists them.
#
# They need python3, go and cargo (tools/check-tools checks the versions). On a fresh machine run
# `make conformance` and `make test`. Everything is built inside the clone: in .venv/, .build/ and
# rust/target/.

# Which Python makes .venv. Empty: the first of python3, python3.13, ... that is new enough.
PYTHON ?=
# Given to `testingkit run` by `make conformance`, e.g. make conformance ARGS="-r rust,go", to
# tools/bench.py by `make bench`, e.g. make bench ARGS="--quick" (ARGS="--help" lists its options), to
# `make mutants`, e.g. make mutants ARGS="--kit go", and
# to pytest by `make test` and `make test-python`, e.g. make test ARGS="-k shards": these then run the
# Python tests alone, on one Python.
ARGS ?=
# Set to 1, `make check-generate` generates all code again; empty, it only compares digests.
FULL ?=
# What `make test` runs; empty: everything (tools/test has the list).
TEST_PARTS ?=
# The versions that tests of Python run on; .venv's own is always one of them.
TEST_PYTHONS ?= 3.11 3.12 3.13
# Resolves requirements/*.txt in `make lock`.
UV_VERSION := 0.13.9

# The settings of the caller must not change where things are built and imported.
export PYTHON TEST_PARTS TEST_PYTHONS
export CARGO_TARGET_DIR := $(CURDIR)/rust/target
export GOWORK := off
unexport CARGO_BUILD_TARGET PYTHONPATH PYTHONHOME

GO_KIT_RUNNER := .build/bin/testingkit-kit-go
GO_TEST_RUNNER := .build/bin/testingkit-greeter
RUST_KIT_RUNNER := rust/target/debug/testingkit-kit-runner
BENCH_RUNNERS := .build/bin/testingkit-bench-go .build/bin/testingkit-bench-go-sdk \
	rust/target/release/testingkit-bench-runner
GO_TOOLS := .build/bin/.ready
GO_SOURCES := $(shell find go \( -name '*.go' -o -name go.mod -o -name go.sum \) \
	! -name '*_test.go' ! -path 'go/tools/*')
RUST_SOURCES := $(shell find rust/crates rust/Cargo.toml rust/Cargo.lock -type f \
	! -path '*/tests/*' ! -path 'rust/crates/codegen/*')
TEST_RUNNER_SOURCES := $(shell find python/tests/e2e/runners/go -type f)
BENCH_SOURCES := $(shell find bench/go bench/rust -type f) \
	$(wildcard go/conformance/runner/*_bench_test.go)

.DEFAULT_GOAL := help
.PHONY: help conformance test test-fast build test-python test-other-pythons test-rust test-go \
	test-examples faults lint generate check-generate parity mutants bench lock new-module set-version clean

help: ## Lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile

conformance: build ## Runs the conformance cases against the Python, Rust and Go kits
	@.venv/bin/testingkit run $(ARGS)

test: .build/tools-checked ## Runs every test, in every language; with ARGS="-k word" some in Python
ifeq ($(strip $(ARGS)),)
	@+MAKE='$(MAKE)' tools/test
else
	@+$(MAKE) --no-print-directory build
	@tools/test-python $(ARGS)
endif

test-fast: .venv/.ready ## Runs the unit tests of the three languages: under a minute
	@tools/test-fast

build: .venv/.ready $(GO_KIT_RUNNER) $(RUST_KIT_RUNNER) $(GO_TEST_RUNNER) ## Builds the environment and the runners

test-python: .venv/.ready $(GO_TEST_RUNNER) ## Runs the Python tests; with ARGS="-k word" some of them
	@tools/test-python $(ARGS)

test-other-pythons: .venv/.ready $(GO_TEST_RUNNER) ## Runs unit and smoke tests on the other supported Pythons
	@tools/test-other-pythons

test-rust: .build/tools-checked ## Runs the Rust tests
	@tools/test-rust

test-go: .build/tools-checked .venv/.ready ## Runs the Go tests
	@tools/test-go

test-examples: build ## Runs the examples as their readers would
	@tools/test-examples

faults: build ## Injects every fault in every language, and checks what the run reports
	@.venv/bin/python tools/faults.py

lint: .venv/.ready .build/tools-checked ## Checks style, types, import rules and the contract
	@MAKE='$(MAKE)' tools/lint

generate: .build/generate/.ready $(GO_TOOLS) .venv/.ready ## Writes what is generated from the protos and the catalog
	@PYTHON=.build/generate/bin/python GO_BIN=.build/bin tools/generate.sh
	@PYTHONPATH=tools .venv/bin/python -m assertion_catalog
	@"$$(tools/find-python)" tools/generated_digest.py --write

check-generate: .build/tools-checked .venv/.ready ## Fails if the generated code is stale; FULL=1 generates it again
	@MAKE='$(MAKE)' FULL='$(FULL)' tools/check-generate

parity: build ## Compares the catalog of assertions with what each kit exports and answers
	@PYTHONPATH=tools .venv/bin/python -m parity $(ARGS)

mutants: build ## Breaks one rule of a kit at a time, and counts what the corpus notices; ARGS="--help"
	@PYTHONPATH=tools .venv/bin/python -m mutants $(ARGS)

bench: build .build/peers/.ready $(BENCH_RUNNERS) ## Measures the harness and its baselines: seven minutes
	@PYTHONPATH=python .venv/bin/python tools/bench.py $(ARGS)

lock: .build/lock/.ready ## Resolves requirements/*.txt again
	@tools/lock

new-module: ## Writes all places of a new kit module: make new-module sample
	@"$$(tools/find-python)" tools/new_module.py $(NAME)

set-version: ## Writes a version into every file that has it: make set-version V=0.2.0
	@"$$(tools/find-python)" tools/set_version.py $(V)

clean: ## Removes everything that was built
	rm -rf .venv .build rust/target .testingkit python/testingkit.egg-info build \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find python tools examples bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Checked once. If a tool disappears later, the command that needs it fails.
.build/tools-checked: tools/check-tools tools/find-python
	@tools/check-tools
	@mkdir -p .build && touch $@

.venv/.ready: requirements/dev.txt pyproject.toml tools/venv | .build/tools-checked
	@tools/venv .venv requirements/dev.txt "$$(tools/find-python)" .

.build/generate/.ready: requirements/generate.txt tools/venv | .build/tools-checked
	@tools/venv .build/generate requirements/generate.txt "$$(tools/find-python)"

# The libraries that `make bench` compares the Python kit with.
.build/peers/.ready: requirements/peers.txt tools/venv | .build/tools-checked
	@tools/venv .build/peers requirements/peers.txt "$$(tools/find-python)"

.build/lock/.ready: Makefile | .build/tools-checked
	@"$$(tools/find-python)" -m venv .build/lock
	@.build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# One build for all of them. Without touch, a compiler with nothing to do would keep the old time.
$(GO_TOOLS): go/tools/go.mod go/tools/go.sum | .build/tools-checked
	@echo "build: Go tools"
	@mkdir -p .build/bin
	@bin="$$PWD/.build/bin" && cd go/tools && go build -buildvcs=false -o "$$bin/" tool
	@touch $@

$(GO_KIT_RUNNER): $(GO_SOURCES) | .build/tools-checked
	@echo "build: the Go kit runner"
	@mkdir -p .build/bin
	@bin="$$PWD/.build/bin" && cd go/conformance && \
		go build -buildvcs=false -o "$$bin/testingkit-kit-go" ./cmd/kitrunner
	@touch $@

# The end-to-end tests start it thousands of times.
$(GO_TEST_RUNNER): $(GO_SOURCES) $(TEST_RUNNER_SOURCES) | .build/tools-checked
	@echo "build: the Go runner of the end-to-end tests"
	@mkdir -p .build/bin
	@bin="$$PWD/.build/bin" && cd python/tests/e2e/runners/go && \
		go build -buildvcs=false -o "$$bin/testingkit-greeter" .
	@touch $@

$(RUST_KIT_RUNNER): $(RUST_SOURCES) | .build/tools-checked
	@echo "build: the Rust kit runner"
	@cargo build --locked --manifest-path rust/Cargo.toml -p testingkit-kit-runner
	@touch $@

# Only `make bench` needs these. The Rust one is a release build: a minute and a half from scratch.
.build/bin/testingkit-bench-go: $(GO_SOURCES) $(BENCH_SOURCES) | .build/tools-checked
	@echo "build: the Go runner of the benchmark"
	@mkdir -p .build/bin
	@bin="$$PWD/.build/bin" && cd bench/go && go build -buildvcs=false -o "$$bin/testingkit-bench-go" .
	@touch $@

.build/bin/testingkit-bench-go-sdk: $(GO_SOURCES) $(BENCH_SOURCES) | .build/tools-checked
	@echo "build: the benchmark of the Go SDK"
	@mkdir -p .build/bin
	@bin="$$PWD/.build/bin" && cd go/conformance && go test -c -o "$$bin/testingkit-bench-go-sdk" ./runner
	@touch $@

rust/target/release/testingkit-bench-runner: $(RUST_SOURCES) $(BENCH_SOURCES) | .build/tools-checked
	@echo "build: the Rust runner of the benchmark, in release"
	@cargo build --release --locked --manifest-path bench/rust/Cargo.toml
	@touch $@

# In `make new-module sample` the name is a goal too, which does nothing.
ifeq ($(firstword $(MAKECMDGOALS)),new-module)
GIVEN := $(filter-out new-module,$(MAKECMDGOALS))
ifneq ($(filter $(GIVEN),$(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)),)
$(error $(GIVEN) is also a command: write make new-module NAME=$(GIVEN))
endif
NAME := $(GIVEN)
$(GIVEN): new-module
	@:
endif
