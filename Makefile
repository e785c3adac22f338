# Two commands do everything on a fresh machine with Debian or Ubuntu and Rust:
#   make serve   install, build, fetch the model, build the index, serve on 127.0.0.1:8080
#   make test    install, build and run every check
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve test bench eval papers fit fit-embedder packages test-packages release lint fuzz

CARGO ?= cargo
# Peers that the benches run beside ours; llama.cpp's server is also asked by a test.
PEERS := target/peers
MOTCUA := target/release/motcua
LISTEN ?= 127.0.0.1:8080
# Sources beside the project's own corpus, for example: make serve CORPUS="--corpus du-lieu/tinh.jsonl"
CORPUS ?=
SHARED ?= ../shared
REFERENCE := $(wildcard $(SHARED)/data/procedures.jsonl.xz)
CATALOGUE := $(wildcard $(SHARED)/data/catalog.jsonl.xz)
EVAL_CORPUS := $(if $(REFERENCE),--corpus $(REFERENCE) --corpus $(CATALOGUE))

help: ## Show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The index takes a second; vectors of what people say follow while it already serves.
serve: packages release ## Install, build, fetch the model, build the index and serve (LISTEN=…, CORPUS="--corpus …")
	@$(MOTCUA) models fetch || echo "Không tải được mô hình: vẫn chạy, trả lời bằng trích dẫn. Chạy lại để tải tiếp."
	@exec $(MOTCUA) $(CORPUS) serve --listen $(LISTEN)

test: packages test-packages lint ## Install, build and run every check
	$(CARGO) build --locked --workspace --all-targets
	target/debug/motcua corpus check
	for model in smollm2-135m multilingual-e5-small; do target/debug/motcua models fetch $$model || echo "$$model not fetched: the tests that need it say so and pass over"; done
	MOTCUA_TEST_PYTHON=$(CURDIR)/$(PEERS)/bin/python $(CARGO) test --locked --workspace

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

release:
	$(CARGO) build --locked --release -p motcua-cli


bench: packages release ## Time the parts; compare with peers where they can be had
	@$(call install,python3-venv)
	@test -x $(PEERS)/bin/python || { python3 -m venv $(PEERS) && $(PEERS)/bin/pip install -q bm25s==0.3.16; } || echo "bm25s could not be had: the bench runs without it"
	@$(PEERS)/bin/python -c "import llama_cpp" 2>/dev/null || CMAKE_ARGS="-DGGML_NATIVE=ON" $(PEERS)/bin/pip install -q --no-binary llama-cpp-python "llama-cpp-python[server]==0.3.36" || echo "llama.cpp could not be had: the bench runs without it"
	MOTCUA_BENCH_PYTHON=$(CURDIR)/$(PEERS)/bin/python $(CARGO) bench --locked -p motcua-benches
	@$(MOTCUA) models fetch && $(MOTCUA) bench generate --json

QUESTIONS := $(addprefix $(SHARED)/eval/dev/questions_,opengov30.jsonl ntduydu_faq.jsonl everyday.jsonl) $(wildcard tests/questions/*.jsonl)
# Asks back where many officials would answer at once: measured, not learned from.
LEARNED := $(filter-out tests/questions/doubts.jsonl,$(QUESTIONS))
# Written after tuning; never learned from.
FRESH := $(wildcard tests/questions/fresh/*.jsonl)

fit: packages release ## Learn the weights of the ranking anew (then build again)
	@$(MOTCUA) models fetch multilingual-e5-small
	$(MOTCUA) $(EVAL_CORPUS) eval fit --json --questions $(LEARNED) --out corpus/lexicon/ranking.toml

# What the embedder is taught with; nothing of it is needed at run time.
TRAINING := target/training
JUDGES := $(addprefix --judge ,$(wildcard tests/questions/*.jsonl) $(FRESH))

fit-embedder: packages release ## Teach the embedder what people say (an hour or two on two cores; then make fit)
	@$(call install,python3-venv)
	@test -x $(TRAINING)/bin/python || { python3 -m venv $(TRAINING) && $(TRAINING)/bin/pip install -q torch==2.15.0 numpy==2.4.6 safetensors==0.8.0 tokenizers; }
	@$(MOTCUA) models fetch multilingual-e5-small
	$(TRAINING)/bin/python models/adapter/fit.py --model $${MOTCUA_MODELS:-$${XDG_CACHE_HOME:-$$HOME/.cache}/motcua/models}/multilingual-e5-small-q4.bin $(addprefix --source ,$(REFERENCE) $(CATALOGUE)) $(JUDGES) --out models/multilingual-e5-small.adapter.safetensors

eval: packages release ## Print the figures of docs/EVALUATION.md
	$(MOTCUA) $(EVAL_CORPUS) eval retrieval --json --questions $(QUESTIONS) $(FRESH)
	for typed in as-is unmarked half telex; do $(MOTCUA) --embedder none $(EVAL_CORPUS) eval retrieval --json --typed $$typed --questions $(QUESTIONS) $(FRESH); done
	$(MOTCUA) $(EVAL_CORPUS) eval dossiers $(SHARED)/eval/dev/dossiers --json
	for rows in $(SHARED)/eval/dev/components_gold_dev.jsonl tests/rows/*.jsonl; do $(MOTCUA) $(EVAL_CORPUS) eval components --gold $$rows --json; done

papers: packages ## Write dossiers with planted defects to target/papers, check them, and measure how their pictures are read
	$(CARGO) build --locked --release -p motcua-cli -p motcua-papers
	target/release/motcua-papers write target/papers
	for set in digital degraded; do $(MOTCUA) --embedder none $(EVAL_CORPUS) eval dossiers target/papers/$$set --json; done
	target/release/motcua-papers read target/papers/degraded | tail -4

fuzz: ## Fuzz the parsers for a minute each (needs cargo-fuzz and a nightly compiler's sanitizers)
	cd fuzz && for target in intake corpus_file; do $(CARGO) fuzz run --sanitizer none $$target -- -max_total_time=60; done

# A compiler for C is there wherever Rust links; tar, xz and friends are part of every Debian.
packages:
	@$(call install,tesseract-ocr tesseract-ocr-vie poppler-utils antiword libheif-examples python3)
	@python3 -m pip --version >/dev/null 2>&1 || { $(call install,python3-pip); }

# Node's own packages bring npm along and forbid Debian's: what is asked for is the command.
test-packages:
	@$(call install,chromium postgresql util-linux qpdf libnss3-tools)
	@command -v npm >/dev/null || { $(call install,nodejs npm); }

# Installs the packages that are missing, as root or through sudo.
define install
missing=(); for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing+=($$p); done; \
if [ $${#missing[@]} -gt 0 ]; then \
  command -v apt-get >/dev/null || { echo "Cần các gói: $${missing[*]}. Máy này không có apt-get: hãy cài bằng trình quản lý gói của máy." >&2; exit 2; }; \
  as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
  echo "Cài $${missing[*]}"; \
  $$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $${missing[*]} >/dev/null; \
fi
endef
