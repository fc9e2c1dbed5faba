"""The budgets hold, and the checks see what breaks them."""

from tidy import sizes
from tidy.house import Source, none, python, sources

LONG = "def long():\n" + "    x = 1\n" * 41
DOCUMENTED = "".join(
    ['def told():\n    """', "Why.\n" * 60, '    """\n', "    # because\n" * 30, "    x = 1\n"]
)


def test_functions_fit_on_a_screen() -> None:
    none([line for one in python(beside=True) for line in sizes.long_functions(one)])


def test_files_fit_in_a_head() -> None:
    pages = sources(".html", ".js", ".css", ".sql")
    every = [*python(beside=True), *pages]
    data = [one for one in every if "/migrations/" not in one.path]
    none([line for one in data for line in sizes.long_files(one)])


def test_nine_functions_in_ten_are_short() -> None:
    none(sizes.long_tail(python(beside=True)))


def test_a_long_function_is_seen() -> None:
    assert "long has 42 code lines" in sizes.long_functions(Source("x.py", LONG))[0]


def test_words_about_the_code_do_not_count() -> None:
    assert sizes.function_sizes(Source("x.py", DOCUMENTED)) == [("told", 1, 2)]
    assert sizes.long_functions(Source("x.py", DOCUMENTED)) == []


def test_a_long_method_inside_a_class_is_seen() -> None:
    inside = "class A:\n" + "".join(f"    {line}\n" for line in LONG.splitlines())
    assert sizes.long_functions(Source("x.py", inside))


def test_a_long_file_is_seen() -> None:
    assert sizes.long_files(Source("x.py", "\n" * 301))
    assert sizes.long_files(Source("x.py", "\n" * 300)) == []


def test_a_long_tail_is_seen() -> None:
    body = "".join(f"def f{n}():\n" + "    x = 1\n" * 21 for n in range(2))
    short = "".join(f"def g{n}():\n    x = 1\n" for n in range(8))
    assert sizes.long_tail([Source("x.py", body + short)])
