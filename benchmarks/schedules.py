"""`make bench-schedules`: schedules against two peers, and positions against the memory's own rate.

Schedules of 12 and of 60 instalments for 200,000 loans, a batch at a time;
`amortization` (the fastest of eight peers tried) writes one batch, numpy-financial all. Each
peer's equal instalment must be ours to the cent. Then `stand` for 1,000,000 loans of 12 instalments
with 6 payments each, beside how fast this machine copies memory.
"""

import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import process_time
from typing import Final

import numpy as np
import numpy_financial
from amortization import amortization_schedule

from benchmarks.ground import RUNS, said
from evenhand.core import position
from evenhand.core.columns import Ints
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import Shape, monthly_equal
from evenhand.core.terms import Terms

LOANS: Final = 200_000
POSITIONS: Final = 1_000_000
PAYMENTS: Final = 6
BATCH: Final = 16_384
START: Final = 20_000
PACKAGES: Final = ("numpy", "amortization", "numpy-financial")
RAM: Final = 2**28


def main(loans: int = LOANS, positions: int = POSITIONS) -> None:
    """Print rates a CPU second and ratios, median of five. AssertionError where two differ."""
    print(f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in PACKAGES))
    for count in (12, 60):
        print(*_schedules(_shape(loans, count), count), sep="\n")
    print(*_positions(positions), sep="\n")


def _shape(loans: int, count: int) -> Shape:
    rng = np.random.default_rng(7)
    return monthly_equal(
        rng.integers(100_000, 5_000_000, loans),
        rng.integers(30, 360, loans) * 1_000,
        rng.integers(START, START + 600, loans),
        np.full(loans, count),
    )


def _schedules(shape: Shape, count: int) -> list[str]:
    some = shape.take(slice(0, BATCH))
    ours, theirs, financial = [], [], []
    _check(schedule(some), some, count)
    for _run in range(RUNS):
        ours.append(_rate(lambda: _ours(shape), len(shape.count)))
        theirs.append(_rate(lambda: _amortization(some, count), BATCH))
        financial.append(_rate(lambda: _numpy_financial(shape, count), len(shape.count)))
    name = f"{count} instalments: "
    return [
        said(name + "evenhand", ours, "loans a CPU second"),
        said(name + "amortization", theirs, "loans a CPU second"),
        said(name + "numpy-financial", financial, "loans a CPU second"),
        said(name + "evenhand to amortization", _ratios(ours, theirs), "times"),
        said(name + "evenhand to numpy-financial", _ratios(ours, financial), "times"),
    ]


def _ours(shape: Shape) -> int:
    """The sum of all interest, batch by batch."""
    interest = 0
    for begin in range(0, len(shape.count), BATCH):
        plan = schedule(shape.take(slice(begin, begin + BATCH)))
        interest += int(plan.interest_minor[:, 0].sum())
    return interest


def _amortization(shape: Shape, count: int) -> list[float]:
    """The equal instalments, every row of every schedule written."""
    terms = zip((shape.principal_minor / 100).tolist(), (shape.rate_ppm / 10**6).tolist(),
                strict=True)  # fmt: skip
    written = [list(amortization_schedule(lent, rate, count)) for lent, rate in terms]
    return [rows[0].amount for rows in written]


def _numpy_financial(shape: Shape, count: int) -> list[float]:
    """The first instalments; principal and interest of every row, in floats and unrounded."""
    rate, lent = (shape.rate_ppm / (12 * 10**6))[:, None], (-shape.principal_minor / 100)[:, None]
    numbers, found = np.arange(1, count + 1)[None, :], []
    for begin in range(0, len(lent), BATCH):
        some = slice(begin, begin + BATCH)
        interest = numpy_financial.ipmt(rate[some], numbers, count, lent[some])
        principal = numpy_financial.ppmt(rate[some], numbers, count, lent[some])
        found += (interest + principal)[:, 0].tolist()
    return found


def _check(plan: Schedule, shape: Shape, count: int) -> None:
    """A peer's instalment is ours, but where its float takes the half cent the other way."""
    for peer in (_amortization, _numpy_financial):
        cents = np.rint(np.array(peer(shape, count)) * 100).astype(np.int64)
        assert (np.abs(cents - plan.equal_minor) <= 1).all(), peer.__name__


def _positions(loans: int) -> list[str]:
    terms, payments = _book(loans)
    seconds, copied, shares = [], [], []
    columns = (terms.due_on, terms.principal_minor, terms.interest_minor,
               terms.late_brought_minor, terms.late_from, *vars_of(payments))  # fmt: skip
    source = np.ones(RAM // 8, dtype=np.int64)
    target = np.empty_like(source)
    for _run in range(RUNS):
        seconds.append(_seconds(lambda: position.stand(terms, payments, START + 200)))
        copied.append(RAM / _seconds(lambda: np.copyto(target, source)))
        moved = sum(column.nbytes for column in columns) + 3 * terms.due_on.nbytes
        shares.append(100 * moved / seconds[-1] / copied[-1])
    return [
        said(f"stand: {loans:,} loans, {PAYMENTS} payments each", seconds, "CPU seconds"),
        said(
            "stand: memory this machine copies", [each / 2**30 for each in copied], "GiB a second"
        ),
        said("stand: columns read and written, of that rate", shares, "per cent"),
    ]


def _book(loans: int) -> tuple[Terms, position.Payments]:
    """Loans of twelve instalments; six payments each, of a whole instalment or less."""
    rng = np.random.default_rng(7)
    each, none = rng.integers(10_000, 5_000_000, (loans, 1)), np.zeros((loans, 12), dtype=np.int64)
    due_on = START + rng.integers(0, 30, (loans, 1)) + 30 * np.arange(12)
    one = np.ones(loans, dtype=np.int64)
    terms = Terms(np.arange(loans), one * 180_000, one * 360, one * 12, due_on, none + each,
                  none + each // 50, none, none)  # fmt: skip
    row = np.repeat(np.arange(loans), PAYMENTS)
    day = np.sort(rng.integers(START, START + 200, (loans, PAYMENTS)), axis=1).ravel()
    return terms, position.Payments(row, day, 1 + rng.integers(0, each[row, 0] * 51 // 50))


def vars_of(payments: position.Payments) -> tuple[Ints, Ints, Ints]:
    """The columns of the payments."""
    return payments.row, payments.day, payments.amount_minor


def _rate(work: Callable[[], object], count: int) -> float:
    return count / _seconds(work)


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _ratios(ours: list[float], theirs: list[float]) -> list[float]:
    return [fast / slow for fast, slow in zip(ours, theirs, strict=True)]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
