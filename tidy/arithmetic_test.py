"""The core counts in whole numbers and thinks in columns."""

import pytest

from tidy import arithmetic
from tidy.house import Source, none, sources

CORE = [one for one in sources(".py", under="evenhand/core") if not one.is_test]


def test_no_floats_in_the_core() -> None:
    none([line for one in CORE for line in arithmetic.floats(one)])


def test_no_loops_over_rows_in_the_core() -> None:
    none([line for one in CORE for line in arithmetic.loops(one)])


@pytest.mark.parametrize(
    "seed",
    [
        "rate = 0.1",
        "half = total / 2",
        "total /= 2",
        "x = float(y)",
        "import numpy as np\nx = np.zeros(3, dtype=np.float64)",
        "import numpy as np\nx = np.mean(y)",
        "from numpy import float64\nx = float64(1)",
        "import numpy as np\nx = np.bincount(rows, weights=money)",
        "import numpy as np\nx = np.bincount(rows, money)",
    ],
)
def test_a_float_is_seen(seed: str) -> None:
    assert arithmetic.floats(Source("evenhand/core/x.py", seed))


@pytest.mark.parametrize(
    "seed",
    [
        "for loan in loans:\n    pass",
        "x = [one for one in rows]",
        "x = {k: 1 for k in rows.tolist()}",
        "for n in range(len(rows)):\n    pass",
        "for n in range(rows.size):\n    pass",
        "for n in range(rows.shape[0]):\n    pass",
        "for n, loan in enumerate(loans):\n    pass",
        "while left:\n    pass",
        "for one in (*loans, 1):\n    pass",
    ],
)
def test_a_loop_over_rows_is_seen(seed: str) -> None:
    assert arithmetic.loops(Source("evenhand/core/x.py", seed))


@pytest.mark.parametrize(
    "fine",
    [
        "for n in range(due.shape[1]):\n    pass",
        "for n in range(meetings):\n    pass",
        "for name in NAMES:\n    pass",
        "for name in ('a', *NAMES):\n    pass",
        "for name, column in zip(NAMES, columns):\n    pass",
        "x = [f for f in fields(Terms)]",
        "for page in rules.pages:\n    pass",
        "q, r = divmod(total, 2)",
        "import numpy as np\nx = np.bincount(rows)",
    ],
)
def test_what_the_core_may_do(fine: str) -> None:
    source = Source("evenhand/core/x.py", fine)
    assert arithmetic.loops(source) == [] and arithmetic.floats(source) == []
