"""The examples in docstrings run and tell the truth."""

import doctest
import importlib
from types import ModuleType

import pytest

from tidy.house import Source, python

WITH_EXAMPLES = [one for one in python(beside=True) if ">>> " in one.text and not one.is_test]


def failures(module: ModuleType) -> int:
    """How many examples of a module, of its classes and functions do not say what they get."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.testmod(module, optionflags=flags).failed


@pytest.mark.parametrize("source", WITH_EXAMPLES, ids=lambda one: one.path)
def test_examples_hold(source: Source) -> None:
    name = source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert failures(importlib.import_module(name)) == 0


def test_a_wrong_example_is_seen() -> None:
    wrong = ModuleType("wrong", ">>> 1 + 1\n3\n")
    assert failures(wrong) == 1
