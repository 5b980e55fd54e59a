# `make run` and `make test` set everything up by themselves; both are quick when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test many goldens house lint look a11y pictures bench score fuzz bundle clean

run: $(READY)
	@$(BIN)/python main.py $(LETTERS)

test: $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 $(ARGS)

# The tests with all the drawn inputs of their budgets, new ones each time: tests/budget.py.
many: $(READY)
	@IMR_DESK_MANY=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright

# Every golden file anew, and what changed: look at each difference before it is committed.
goldens: $(READY)
	@$(BIN)/python -m tests.goldens

# The numbers of the code, beside those of another revision: make house BASE=REVISION
house: $(READY)
	@$(BIN)/python -m tests.score.house $(if $(BASE),--base $(BASE))

# Pictures of every view, in light and dark, into build/look/.
look: $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.look

# The window read through AT-SPI as a screen reader reads it, where Debian's packages for that are.
a11y: $(READY)
	@$(BIN)/python -m tests.screen_reader

# The pictures of the README and the manual, made anew into docs/pictures/.
pictures: $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.look --pictures

# Tables of measurements; `make score` needs the folder of real letters (IMR_DESK_LETTERS)
# and scores files of references where IMR_DESK_REFERENCES names a folder.
bench: $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

score: $(READY)
	@$(BIN)/python -m tests.score

# Files that nobody has seen at each door, two minutes each: `python -m tests.fuzz --help`.
fuzz: $(READY)
	@$(BIN)/python -m tests.fuzz

# The program as one folder that needs no Python, in build/bundle/, driven once and packed.
bundle: $(READY)
	@$(BIN)/python packaging/bundle.py

$(READY): pyproject.toml constraints.txt hashes.txt .ci/setup
	@PYTHON=$(PYTHON) .ci/setup
	@touch $@

clean:
	rm -rf .venv build
