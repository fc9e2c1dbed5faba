"""Nobody but site/clock.py asks what time it is."""

import pytest

from tidy import clock
from tidy.house import Source, none, python, sources


def test_python_does_not_read_the_clock() -> None:
    seeds = "tidy/clock_test.py"
    every = [one for one in python(beside=True) if one.path != seeds]
    none([line for one in every for line in clock.reads(one)])


def test_sql_does_not_read_the_clock() -> None:
    none([line for one in sources(".sql") for line in clock.reads_in_sql(one)])


def test_pages_do_not_read_the_clock() -> None:
    own = sources(".html", ".js", ".txt")
    none([line for one in own for line in clock.reads_in_page(one)])


@pytest.mark.parametrize(
    "seed",
    [
        "import datetime\nx = datetime.datetime.now()",
        "from datetime import datetime\nx = datetime.now(UTC)",
        "from datetime import datetime as dt\nx = dt.utcnow()",
        "from datetime import date\nx = date.today()",
        "import datetime as d\nx = d.date.today()",
        "import time\nx = time.time()",
        "from time import time_ns\nx = time_ns()",
        "from django.utils import timezone\nx = timezone.now()",
        "from django.utils.timezone import now\nx = now()",
        "from django.utils import timezone\nfield = Field(default=timezone.now)",
        "field = DateTimeField(auto_now=True)",
        "field = DateTimeField(auto_now_add=True)",
        "import numpy as np\nx = np.datetime64('today')",
        "import numpy as np\nx = np.datetime64('now', 's')",
        "import numpy as np\nx = np.array(['today'], dtype='datetime64[D]')",
        "sql = 'select * from x where at < now()'",
        "sql = f'{x} CURRENT_DATE'",
        "from django.db.models.functions import Now\nx = Now()",
        "def hidden():\n    import time\n    return time.time()",
    ],
)
def test_a_read_is_seen(seed: str) -> None:
    assert clock.reads(Source("evenhand/x.py", seed + "\n"))


@pytest.mark.parametrize(
    "fine",
    [
        "from evenhand.site import clock\nx = clock.now()",
        "import time\nx = time.monotonic()",
        '"""Not date.today(), nor now()."""',
        "from datetime import date\nx = date(2026, 3, 1)",
        "import numpy as np\nx = np.datetime64('2026-03-01')",
        "sql = 'update procrastinate_workers set last_heartbeat = now()'",
    ],
)
def test_an_argument_is_not_a_read(fine: str) -> None:
    assert clock.reads(Source("evenhand/x.py", fine)) == []


def test_the_clock_itself_may() -> None:
    assert clock.reads(Source(clock.CLOCK, "import time\nx = time.time()")) == []


def test_sql_files_are_read_without_their_comments() -> None:
    assert clock.reads_in_sql(Source("a.sql", "-- never now()\nselect 1;")) == []
    (found,) = clock.reads_in_sql(Source("a.sql", "-- x\nat timestamptz default Now ()"))
    assert found.startswith("a.sql:2 SQL Now ()")


def test_templates_and_scripts_are_read() -> None:
    assert clock.reads_in_page(Source("a.html", '{% now "Y" %}'))
    assert clock.reads_in_page(Source("a.js", "const x = Date.now()"))
    assert clock.reads_in_page(Source("a.js", "new Date(value)")) == []
