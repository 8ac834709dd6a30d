# 用法：make（列出全部目标）。PYTHON=python3.12 make run 换一个解释器。
# Usage: make lists every target.  PYTHON=python3.12 make run uses another interpreter.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Made when everything in the lock is installed; older than the lock means: install again.
READY := $(VENV)/.ready
# One worker more than there are processors: while one waits for a browser, another goes on.
PYTEST_FLAGS ?= -n $(shell expr $$(nproc) + 1)
# Where the database itself does the work: asked again on PostgreSQL with every `make test`.
ON_BOTH := disclosure registers search publication oversight/watching \
  requests/test_counting.py requests/acts/test_many_at_once.py requests/asking/test_once.py

.DEFAULT_GOAL := help
.PHONY: help setup run examples test test-postgresql test-looks check bench docs lock clean

help: ## 列出全部目标 / list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 14

setup: $(READY) ## 建虚拟环境，按 requirements.lock 装依赖 / set up the environment

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新：PYTHON=python3.11 make …  / Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "缺少 venv：apt install python3-venv  / The venv module is missing: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

run: setup ## 启动平台和示范地区，http://127.0.0.1:8000 / start the platform with its demonstration region
	@$(BIN)/gongkai up

examples: setup ## 读、核 examples/ 里的报告，审阅页写到 review/ / read and check the examples
	@# Their errors are meant to be found (exit code 1); only a file that cannot be read is a failure.
	@$(BIN)/gongkai check examples --review review; code=$$?; test $$code -le 1

test: setup ## 全部测试；和数据库最有关的再在 PostgreSQL 上做一遍 / all tests; those nearest the database again on PostgreSQL
	$(BIN)/python -m pytest $(PYTEST_FLAGS)
	GONGKAI_TEST_DATABASE=postgresql $(BIN)/python -m pytest $(PYTEST_FLAGS) $(addprefix tests/web/,$(ON_BOTH))

test-postgresql: setup ## 平台的全部测试在 PostgreSQL 上做 / all tests of the platform on PostgreSQL
	GONGKAI_TEST_DATABASE=postgresql $(BIN)/python -m pytest $(PYTEST_FLAGS) -m "not once" tests/web

test-looks: setup ## 每页的每种状态都用 axe-core 看一遍（make test 每页看一种） / every state of every page before axe-core
	GONGKAI_EVERY_STATE=1 $(BIN)/python -m pytest $(PYTEST_FLAGS) tests/web/browser/test_axe.py

check: setup ## 格式、类型、导入规则、文档是否最新 / style, types, import contracts, docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m gongkai.cli.reference --check docs/reference

bench: setup ## 速度比值 / ratios of speed
	$(BIN)/python -m bench

docs: setup ## 重写 docs/reference/ / generate the reference pages
	$(BIN)/python -m gongkai.cli.reference docs/reference

lock: ## 重新锁定依赖（要装 uv） / lock the dependencies again (needs uv)
	uv pip compile --quiet --all-extras --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --python-version 3.11 --upgrade pyproject.toml -o requirements.lock

clean: ## 删去虚拟环境和缓存 / remove the environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis review
