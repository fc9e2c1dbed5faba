"""Contracts on imports that bind the product's code but not the tests lying beside it.

A test may read a file or ask a simulator what it got; the module it tests may not.
"""

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract


def without_tests(graph: ImportGraph) -> ImportGraph:
    """The graph less the modules whose names end in `_test` or start with `conftest`."""
    for module in list(graph.modules):
        last = module.rsplit(".", 1)[-1]
        if last.endswith("_test") or last == "conftest":
            graph.remove_module(module)
    return graph


class Forbidden(ForbiddenContract):
    """import-linter's `forbidden`, for code."""

    type_name = "forbidden_to_code"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        return super().check(without_tests(graph), verbose)


class Protected(ProtectedContract):
    """import-linter's `protected`, from code."""

    type_name = "protected_from_code"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        return super().check(without_tests(graph), verbose)
