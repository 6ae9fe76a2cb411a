# What there is to do. `make demo` shows Pullquote at work, `make test` proves it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

BIN := bin/pullquote
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# What the demo ingests, and asks.
COLLECTION := samples
SAMPLES := $(wildcard samples/*.txt samples/*.json)
QUESTION_1 := How will patients get from Skarra to a hospital at night while the ferry is suspended?
QUESTION_2 := Why did deputy commissioner Pell leave?

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what is missing: Postgres and pgvector
	@sh scripts/setup.sh

.PHONY: build
build: ## build bin/pullquote
	@go build -trimpath -ldflags '-X main.version=$(VERSION)' -o $(BIN) ./cmd/pullquote

.PHONY: demo
demo: setup build ## ingest samples/, ask two questions, say how to serve
	@$(BIN) ingest --collection $(COLLECTION) $(SAMPLES)
	@printf '\n> %s\n\n' '$(QUESTION_1)'
	@$(BIN) ask --collection $(COLLECTION) '$(QUESTION_1)' || [ $$? = 1 ] # 1: not answered
	@printf '\n> %s\n\n' '$(QUESTION_2)'
	@$(BIN) ask --collection $(COLLECTION) '$(QUESTION_2)' || [ $$? = 1 ]
	@printf '\nNow yours: %s ingest FILE…, then %s ask QUESTION\nIn a browser: %s serve, then http://127.0.0.1:8080\n' $(BIN) $(BIN) $(BIN)

.PHONY: test
test: ## run every test, against a real Postgres
	@sh scripts/setup.sh --test
	@go test -race -timeout 15m ./...

.PHONY: bench
bench: setup ## run the benchmarks
	@go test -run '^$$' -bench . -benchmem ./...

.PHONY: lint
lint: ## check format, vet and staticcheck
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "run make fmt for:"; echo "$$files"; exit 1; }
	@go vet ./...
	@go tool -modfile=tools/go.mod staticcheck ./...

.PHONY: fmt
fmt: ## format the code
	@gofmt -w .

.PHONY: clean
clean: ## remove what was built
	@rm -rf bin
