"""Run `code` over many documents: in this process, or on as many cores as asked for; same output, same order.

A document that breaks gives a `LeftOut` and the next one follows. Nothing is held that has been handed on.
"""

from __future__ import annotations

import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from according.acquire.intake import Intake, LeftOut, ReadOptions, Why
from according.acquire.language import NOT_READ
from according.acquire.rows import intake_of_row
from according.contract import Slots, to_contract
from according.errors import InvalidInput
from according.model import Coding, Document, Issue
from according.settings import Settings
from according.shapes import Contract

Coder = Callable[[Intake], Contract]
Outcome = Contract | LeftOut

_AHEAD = 4  # documents in flight for each worker: enough to keep it busy, few enough to keep memory flat


def pipeline_coder(settings: Settings) -> Coder:
    """The coder that the program uses: the pipeline with the kit that the settings name.

    Raises:
        MissingPart: a model or file that the kit needs is not there.
    """
    from according.pipeline import code, load_kit

    kit = load_kit(settings)
    return coder_of(lambda document: code(document, kit), kit.slots)


def coder_of(code: Callable[[Document], Coding], slots: Slots | None = None) -> Coder:
    """A coder that calls `code`, keeps what acquiring found odd, and leaves alone what cannot be read."""

    def coder(intake: Intake) -> Contract:
        if any(issue.kind == NOT_READ for issue in intake.issues):
            return to_contract(Coding(intake.document, issues=intake.issues), slots)
        coding = code(intake.document)
        return to_contract(replace(coding, issues=intake.issues + coding.issues), slots)

    return coder


def run(intakes: Iterable[Intake | LeftOut], make_coder: Callable[[], Coder], workers: int = 1) -> Iterator[Outcome]:
    """Code documents in order.

    Args:
        intakes: what acquiring yields; what it left out is passed on in its place.
        make_coder: builds the coder, once in each process; with several workers it must be importable there.
        workers: how many processes; 1 stays in this one.
    """
    if workers <= 1:
        coder = make_coder()
        for intake in intakes:
            yield intake if isinstance(intake, LeftOut) else _guarded(coder, intake)
    else:
        yield from _Pool(make_coder, workers).run(intakes)


def code_many(
    rows: Iterable[Mapping[str, object]], workers: int = 1, settings: Settings | None = None
) -> Iterator[dict[str, Any]]:
    """Code rows and give the contract of each, as `according code --json` prints it: one for each row, in order.

    A row that cannot be read, or that breaks while it is coded, gives a contract without claims whose one issue is of
    kind `failed` and says why.

    Args:
        rows: each with `text`, and any of id, title, url, publisher, published, language.
        workers: how many processes.
        settings: the project's; the defaults where None.

    Raises:
        MissingPart: a model or file that coding needs is not there.
    """
    handed: deque[Document] = deque()

    def read_rows() -> Iterator[Intake | LeftOut]:
        for number, row in enumerate(rows, start=1):
            intake = _read_row(f"row {number}", row)
            handed.append(intake.document if isinstance(intake, Intake) else _unread(row))
            yield intake

    for outcome in run(read_rows(), partial(pipeline_coder, settings or Settings()), workers):
        document = handed.popleft()
        contract = _failed(document, outcome) if isinstance(outcome, LeftOut) else outcome
        yield contract.model_dump(mode="json")


def _read_row(place: str, row: Mapping[str, object]) -> Intake | LeftOut:
    if not isinstance(row, Mapping):
        return LeftOut(place, f'it is {type(row).__name__} and no mapping; give each row as {{"text": "..."}}')
    try:
        return intake_of_row(place, row, ReadOptions())
    except InvalidInput as error:
        return LeftOut(place, str(error))


def _unread(row: Mapping[str, object]) -> Document:
    """What can be kept of a row that gave no document: its text and its id, where they are text."""
    fields = row if isinstance(row, Mapping) else {}
    text, key = fields.get("text"), fields.get("id")
    kept = text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
    return Document(text=kept, key=str(key) if isinstance(key, str | int) else None)


def _failed(document: Document, left_out: LeftOut) -> Contract:
    return to_contract(Coding(document, issues=(Issue(Why.FAILED, str(left_out)),)))


def _guarded(coder: Coder, intake: Intake) -> Outcome:
    try:
        return coder(intake)
    except Exception as error:  # noqa: BLE001  whatever breaks in one document must not lose the others
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name} line {last.lineno}"
        message = (
            f"it could not be coded ({type(error).__name__} in {where}: {error}); please report this with the text"
        )
        return LeftOut(intake.place, message, Why.FAILED, traceback.format_exc())


_coder: Coder | Exception | None = None  # one worker process's own coder, set when it starts and never after


def _start(make_coder: Callable[[], Coder]) -> None:
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to handle
    try:
        _coder = make_coder()
    except Exception as error:  # noqa: BLE001  raised by the first document: a pool only says that it is broken
        _coder = error


def _work(intake: Intake) -> Outcome:
    assert _coder is not None
    if isinstance(_coder, Exception):
        raise _coder
    return _guarded(_coder, intake)


class _Pool:
    """Worker processes and the queue of what they were given, in order."""

    def __init__(self, make_coder: Callable[[], Coder], workers: int) -> None:
        self.make_coder = make_coder
        self.workers = workers
        self.waiting: deque[tuple[Intake | LeftOut, Future[Outcome] | None]] = deque()
        self.executor = self._executor(workers)

    def _executor(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: the same behaviour on every system, and no lock inherited half-held.
        return ProcessPoolExecutor(workers, get_context("spawn"), _start, (self.make_coder,))

    def run(self, intakes: Iterable[Intake | LeftOut]) -> Iterator[Outcome]:
        try:
            for intake in intakes:
                self._give(intake)
                if len(self.waiting) >= self.workers * _AHEAD:
                    yield self._take()
            while self.waiting:
                yield self._take()
        finally:
            self.executor.shutdown(wait=False, cancel_futures=True)

    def _give(self, intake: Intake | LeftOut) -> None:
        if isinstance(intake, LeftOut):
            self.waiting.append((intake, None))
            return
        try:
            future = self.executor.submit(_work, intake)
        except BrokenProcessPool:
            self._restart()
            future = self.executor.submit(_work, intake)
        self.waiting.append((intake, future))

    def _take(self) -> Outcome:
        intake, future = self.waiting.popleft()
        if isinstance(intake, LeftOut):
            return intake
        assert future is not None
        try:
            return future.result()
        except BrokenProcessPool:
            outcome = self._alone(intake)
            self._restart()
            return outcome

    def _alone(self, intake: Intake) -> Outcome:
        """Code one document in a process of its own, to learn whether it was this one that killed the worker."""
        with self._executor(1) as executor:
            try:
                return executor.submit(_work, intake).result()
            except BrokenProcessPool:
                message = "its process was killed, mostly for want of memory; split it, or use fewer workers"
                return LeftOut(intake.place, message, Why.FAILED)

    def _restart(self) -> None:
        """A fresh pool; what the broken one had not finished is given again."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self._executor(self.workers)
        old, self.waiting = self.waiting, deque()
        for intake, future in old:
            done = future is None or (future.done() and not future.cancelled() and future.exception() is None)
            self.waiting.append((intake, future)) if done else self._give(intake)
