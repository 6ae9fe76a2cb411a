# What there is to do. `make demo` shows Pullquote at work, `make test` proves it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

BIN := bin/pullquote
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# The demo keeps its record apart: invented people do not belong among real ones.
DEMO := PULLQUOTE_DATA_DIR=.demo $(BIN)
QUESTION_1 := Has the contractor threatened to leave the site of the gate?
QUESTION_2 := Why is Kole against turbines in the Narrows?

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# bring installs what is missing and, meanwhile, builds $(1) and has it bring the default
# model. Without a network there is no model: the program says so and runs without.
bring = @(command -v go >/dev/null && $(MAKE) -s build && $(1) model install --if-possible) & \
	sh scripts/setup.sh; status=$$?; wait $$! || status=$$?; exit $$status

.PHONY: setup
setup: ## install what is missing: Postgres, pgvector, the default model
	$(call bring,$(BIN))

.PHONY: build
build: ## build bin/pullquote
	@go build -trimpath -ldflags '-X main.version=$(VERSION)' -o $(BIN) ./cmd/pullquote

# The release brings the default model along: its weights in 8-bit integers are in the
# binary, and nowhere in the source. FROM=PATH takes them from a file instead of the hub.
RELEASE := .release

.PHONY: release
release: build ## build bin/pullquote-release, which has the default model in it
	@PULLQUOTE_DATA_DIR=$(RELEASE) $(BIN) model install $(if $(FROM),e5-small-v2 --from $(FROM))
	@cd embeddings/embedded && go run pack.go ../../$(RELEASE)/models
	@go build -trimpath -tags embedmodel -ldflags '-X main.version=$(VERSION)' -o $(BIN)-release ./cmd/pullquote

.PHONY: archives
archives: ## build a release's archives for every platform, with sums, into dist/
	@go run ./packaging/archives -version $(VERSION) -time $$(git log -1 --format=%ct) -out dist

.PHONY: demo
demo: ## ingest samples/, ask two questions, say how to go on
	$(call bring,$(DEMO))
	@$(DEMO) ingest samples/
	@printf '\n> %s\n\n' '$(QUESTION_1)'
	@$(DEMO) ask '$(QUESTION_1)'
	@printf '\n> %s\n\n' '$(QUESTION_2)'
	@$(DEMO) ask '$(QUESTION_2)'
	@printf '\nIn a browser: make serve-demo, then http://127.0.0.1:8080\nNow yours: make setup, then %s serve, and drop your files on its page\n' $(BIN)

.PHONY: serve-demo
serve-demo: ## show the demo's record in a browser
	$(call bring,$(DEMO))
	@$(DEMO) serve

.PHONY: test
test: ## run every test, against a real Postgres
	@sh scripts/setup.sh --test
	@go test -race -timeout 20m ./...
	@go test -run 'TestMemoryIsBounded|TestServerSurvivesBombs|TestServeSoaked' ./internal/isolated ./cmd/pullquote # the race detector has memory of its own

.PHONY: test-citus
test-citus: ## run every test of the record with it distributed on Citus, where that is installed
	@PULLQUOTE_TEST_CITUS=1 go test -count 1 -p 1 -timeout 90m $$(go list -test -f '{{.ImportPath}} {{.Deps}}' ./... | sed -n 's/\.test \[.*postgres\/postgrestest.*//p')

.PHONY: golden
golden: ## write the golden files anew, to be read in git diff
	@go test -timeout 15m $$(go list -test -f '{{.ImportPath}} {{.Deps}}' ./... | sed -n 's/\.test \[.*internal\/golden.*//p') -update

.PHONY: bench
bench: setup ## run the benchmarks
	@go test -run '^$$' -bench . -benchmem ./...

.PHONY: lint
lint: ## check format, vet and staticcheck
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "run make fmt for:"; echo "$$files"; exit 1; }
	@go vet ./...
	@cd tools/langchaingo && go vet ./...
	@go tool -modfile=tools/go.mod staticcheck ./...

.PHONY: fmt
fmt: ## format the code
	@gofmt -w .

.PHONY: clean
clean: ## remove what was built, and the demo's record
	@rm -rf bin dist .demo $(RELEASE) embeddings/embedded/model
