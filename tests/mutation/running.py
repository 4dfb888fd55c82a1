"""Runs, for each change of a module, the tests that reach the changed lines until one of them fails.

A pytest plugin. It runs every test once, to learn its time and the lines that it reaches. For each change
within a function it forks a process, exchanges the function's code there, and runs those tests, the quickest
first: nothing is imported or collected again. What runs when a module is imported (constants, defaults) is
changed in a new process.

Tests: tests/infra/test_mutation.py.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from tests.mutation.mutants import ROOT, Mutant

QUIET = ("-q", "-p", "no:cacheprovider", "-p", "tests.mutation.importing", "--hypothesis-profile=mutation")

TIMES_SLOWER, MIN_TEST_SECONDS = 10, 1
"""A test that computes so much longer than without a change has failed: the change made an endless loop."""
WAIT_TIMES = 60
"""A test that lasts so many times longer than it may compute has failed as well: it waits for ever."""
MAX_MEMORY = 4 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the tests say to a change."""

    mutant: Mutant
    caught_by: str | None
    """What failed; None if all passed, or if none reaches the change."""
    tests: int
    """How many tests, or files of tests, reach it."""


class Running:
    """The plugin: ``report`` gets each verdict. ``failed`` are tests that fail without any change: then there
    are no verdicts.
    """

    def __init__(self, mutants: Sequence[Mutant], folder: Path, report: Callable[[Verdict], None]) -> None:
        self.mutants, self.folder, self.report = mutants, folder, report
        self.seconds: dict[str, float] = {}  # of computing
        self.failed: list[str] = []
        files = sorted({str(ROOT / one.module) for one in mutants})
        self.coverage = Coverage(
            data_file=None, config_file=False, include=files, concurrency=["thread", "greenlet"]
        )
        self.coverage.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_unchanged(session.items)
        self.coverage.stop()
        if not self.failed:
            reaching, functions = self._reaching(), _functions()
            gc.collect()
            gc.freeze()
            for mutant in self.mutants:
                self.report(self._judged(mutant, session.items, reaching[mutant.module], functions))
        return True

    # --- Without a change ----------------------------------------------------------------------------------

    def _run_unchanged(self, items: Sequence[pytest.Item]) -> None:
        for item, following in pairwise((*items, None)):
            assert item is not None
            self.coverage.switch_context(item.nodeid)
            began = time.process_time()
            if _fails(item, following):
                self.failed.append(item.nodeid)
            self.seconds[item.nodeid] = time.process_time() - began
        self._tidy()

    def _reaching(self) -> dict[str, dict[int, set[str]]]:
        """For each module and line the tests that reach it."""
        data = self.coverage.get_data()
        reaching: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for file in data.measured_files():
            lines = data.contexts_by_lineno(file).items()
            module = Path(file).relative_to(ROOT).as_posix()
            reaching[module] = {line: {test for test in tests if test} for line, tests in lines}
        return reaching

    def _tidy(self) -> None:
        """Remove what tests have left in their folders."""
        for left in self.folder.iterdir():
            shutil.rmtree(left, ignore_errors=True)

    # --- With a change -------------------------------------------------------------------------------------

    def _judged(
        self,
        mutant: Mutant,
        items: Iterable[pytest.Item],
        reaching: dict[int, set[str]],
        functions: dict[tuple[str, str], FunctionType],
    ) -> Verdict:
        if not mutant.function:
            files = self._files({test for tests in reaching.values() for test in tests}, mutant)
            return Verdict(mutant=mutant, caught_by=self._imported(mutant, files), tests=len(files))
        function = functions[str(ROOT / mutant.module), mutant.function]
        wanted = {test for line in mutant.lines for test in reaching.get(line, ())}
        if mutant.function in _cached(function):  # only the first test that needs it reaches its lines
            wanted.update(test for test in self.seconds if test.startswith(f"{_own_tests(mutant)}::"))
        chosen = sorted(
            (item for item in items if item.nodeid in wanted), key=lambda one: self.seconds[one.nodeid]
        )
        caught_by = self._forked(mutant, chosen, function) if chosen else None
        return Verdict(mutant=mutant, caught_by=caught_by, tests=len(chosen))

    def _files(self, tests: Iterable[str], mutant: Mutant) -> list[str]:
        """The files of the tests: the module's own first, then the quickest."""
        seconds: dict[str, float] = defaultdict(float)
        for test in tests:
            seconds[test.partition("::")[0]] += self.seconds[test]
        return sorted(seconds, key=lambda file: (file != _own_tests(mutant), seconds[file]))

    def _imported(self, mutant: Mutant, files: Sequence[str]) -> str | None:
        """What fails in a new process that imports the change."""
        if not files:
            return None
        change = self.folder / "mutant.json"
        change.write_text(json.dumps({"module": mutant.module, "source": mutant.changed}))
        command = [sys.executable, "-m", "pytest", *QUIET, "-x", *files]
        alone = sum(self.seconds[test] for test in self.seconds if test.partition("::")[0] in files)
        limit = WAIT_TIMES * (MIN_TEST_SECONDS + alone)
        environment = {**os.environ, "OO_MUTANT": str(change)}
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return "time limit"
        found = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return None if done.returncode == 0 else (found or ["it can't be imported"])[0]

    def _forked(self, mutant: Mutant, items: Sequence[pytest.Item], function: FunctionType) -> str | None:
        """What fails in a copy of this process that has the change."""
        receives, sends = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receives)
            self._be_changed(mutant, items, function, sends)
        os.close(sends)
        with os.fdopen(receives) as pipe:
            failed = pipe.read()
        _, status = os.waitpid(child, 0)
        self._tidy()
        if os.WIFSIGNALED(status):
            return f"ended by {signal.Signals(os.WTERMSIG(status)).name}"
        return failed or None

    def _be_changed(
        self, mutant: Mutant, items: Sequence[pytest.Item], function: FunctionType, sends: int
    ) -> NoReturn:
        try:
            resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
            _exchange(mutant, function)
            failed = self._first_failure(items)
        except BaseException as error:
            failed = type(error).__name__
        os.write(sends, failed.encode())
        os._exit(0)

    def _first_failure(self, items: Sequence[pytest.Item]) -> str:
        for item, following in pairwise((*items, None)):
            assert item is not None
            limit = MIN_TEST_SECONDS + self.seconds[item.nodeid] * TIMES_SLOWER
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.setitimer(signal.ITIMER_REAL, WAIT_TIMES * limit)
            if _fails(item, following):
                return item.nodeid
        return ""


def _fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return any(report.failed for report in reports)


def _functions() -> dict[tuple[str, str], FunctionType]:
    """Every function of this process by its file and its qualified name."""
    found = (one for one in gc.get_objects() if isinstance(one, FunctionType))
    return {(one.__code__.co_filename, one.__code__.co_qualname): one for one in found}


def _exchange(mutant: Mutant, function: FunctionType) -> None:
    """Let the function do what it does with the change, and forget what was computed without it."""
    module = compile(mutant.changed, str(ROOT / mutant.module), "exec", dont_inherit=True)
    function.__code__ = next(code for code in _codes(module) if code.co_qualname == mutant.function)
    for one in _cached(function).values():
        one.cache_clear()


def _cached(function: FunctionType) -> dict[str, Any]:
    """The functions of the same module whose results are kept, by name."""
    names = vars(sys.modules[function.__module__]).items()
    return {name: one for name, one in names if hasattr(one, "cache_clear")}


def _own_tests(mutant: Mutant) -> str:
    """The file of tests that has the module's name and place."""
    module = Path(mutant.module)
    return f"tests/{module.parent}/test_{module.name}"


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)
