# The AHP Faculty portal. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORTAL := bin/portal
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unknown)
VIEWS := $(sort $(patsubst %/,%,$(dir $(wildcard web/*/*.templ))))
ASSET_SOURCES := $(wildcard web/assets/* web/build.mjs web/package.json)

.PHONY: help run build assets generate fmt check test fuzz bench bench-queue bench-send lighthouse screenshots db-reset clean tools

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build the portal and start it with a Postgres of its own
	@exec $(PORTAL) serve

build: assets ## Build bin/portal: one static binary with everything inside
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(PORTAL) ./cmd/portal

assets: tools web/static/manifest.json ## Install the front-end packages and build styles and scripts

web/node_modules/.installed: web/package-lock.json
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/static/manifest.json: web/node_modules/.installed $(ASSET_SOURCES)
	@cd web && node build.mjs

generate: ## Generate Go from the views
	@go tool templ generate

fmt: ## Format Go and views
	@gofmt -w cmd internal migrations web/*.go $(VIEWS)
	@go tool templ fmt $(VIEWS)

check: assets ## The inner loop: generated, formatted, vetted, tested
	@go run ./internal/gate

test: build ## Every check: the inner loop with the race detector, fuzz targets, valid HTML, the browser tests
	@go run ./internal/gate -full

fuzz: assets ## Look for input that breaks what reads it: 30 seconds for each fuzz target
	@go run ./internal/gate -fuzz 30s

bench: assets ## Go benchmarks: a profession page, sending a form
	@go test -run '^$$' -bench . -benchmem $$(go list ./internal/... | grep -v /bench$$)

bench-queue: assets ## Every kind of page of the queue on 1,000,000 expressions, 8 people at once, and all of them as CSV; fails over its goals
	@go test -count=1 -timeout 2h -run '^$$' -bench . -benchtime 1x ./internal/bench

bench-send: assets ## 16 senders beside 16 clients that insert the same row bare, in 7 rounds
	@go test -run '^$$' -bench Senders -benchtime 7x ./internal/interest

# Lighthouse brings 200 packages: who does not measure need not install them.
web/measure/node_modules/.installed: web/measure/package-lock.json
	@cd web/measure && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lighthouse: build web/measure/node_modules/.installed ## Lighthouse scores of four pages, on a phone; fails below the goals
	@cd web && node measure/lighthouse.mjs

screenshots: build ## Pictures of the main pages, phone and desktop, into docs/images
	@cd web && node measure/screenshots.mjs

db-reset: ## Move the private Postgres aside, so that the next start makes a new one
	@if [ -d .data ]; then mv .data ".data.$$(date +%Y%m%d%H%M%S)" && echo "The old data is beside it: $$(ls -d .data.* | tail -1)"; fi

clean: ## Delete what builds made; data stays
	@rm -rf bin .cache web/node_modules web/measure/node_modules && find web/static -mindepth 1 ! -name .gitkeep -delete

tools:
	@command -v go >/dev/null || { echo "Go 1.26 or later is missing: see https://go.dev/doc/install"; exit 1; }
	@command -v node >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || { echo "Node 20 or later is missing: see https://nodejs.org/en/download"; exit 1; }
	@command -v npm >/dev/null || { echo "npm is missing: it comes with Node 20 or later"; exit 1; }
