"""Which addresses are pages of borrowers or open to all: a walk is to come by every one of them."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

# The rooms whose pages the walk through a whole loan comes by, and those that come with falling
# behind; and where rooms keep the pages of staff.
ROOMS = (
    "evenhand.lifecycle.register", "evenhand.lifecycle.apply", "evenhand.lifecycle.decide",
    "evenhand.lifecycle.join", "evenhand.lifecycle.sign", "evenhand.lifecycle.disburse",
    "evenhand.lifecycle.repay", "evenhand.lifecycle.relief", "evenhand.lifecycle.remind",
    "evenhand.site.front",
)  # fmt: skip
LATE_ROOMS = (
    "evenhand.lifecycle.arrange", "evenhand.lifecycle.redress", "evenhand.lifecycle.verify",
    "evenhand.lifecycle.evidence", "evenhand.lifecycle.circumstances",
)  # fmt: skip
STAFF = "staff/"
# Acts without a page, parts of pages, files; and the page of a code, which is one for all purposes.
NO_PAGE = {
    "api-real", "apply-quote", "auto-debit-stop", "be-sure-code", "borrower-sign-out",
    "certificate", "complaint-appeal", "decision-review", "document", "evidence-data",
    "evidence-page", "evidence-verifier", "happened-over", "join-leave", "join-recall", "leave",
    "me-check", "me-language", "me-number-code", "me-safe-now", "my-offline", "pay-ahead",
    "payout-account", "plan-accept", "plan-other-accept", "plan-other-refuse", "plan-take-back",
    "receipt", "register-begin", "relief-accept", "relief-ask", "relief-take-back",
    "service-worker", "sign-document", "statement-paper", "surplus", "wish-back",
}  # fmt: skip
# Come by only as somebody invited or refused, who asks for another law, chooses among products, or
# has chosen what a transfer does; stories of their stages.
OTHERS = {
    "apply-product",
    "join-confirm",
    "join-decline",
    "join-read",
    "pay-chosen",
    "register-refused",
    "rights-of",
}
FIGURE = "outstanding"
RELIEF = "holiday"
HAPPENED = "hospital"


def pages(rooms: tuple[str, ...] = ROOMS) -> set[str]:
    """The names of every page of borrowers and of those open to all, in these rooms."""
    return set(_theirs("", get_resolver().url_patterns, rooms)) - NO_PAGE - OTHERS


def name_of(path: str) -> str:
    """The name of the page at a path."""
    return str(resolve(path).url_name)


def address_of(name: str, loan: int) -> str:
    """Where the page of that name is for the holder of a loan."""
    of_loan, of_word = {"loan": loan}, {"word": HAPPENED}
    of_figure, of_relief = {**of_loan, "figure": FIGURE}, {**of_loan, "word": RELIEF}
    for more in ({}, of_loan, of_figure, of_relief, of_word):
        try:
            return reverse(name, kwargs=more)
        except NoReverseMatch:
            continue
    raise AssertionError(f"what does {name} need?")


def _theirs(
    before: str, found: list[URLPattern | URLResolver], rooms: tuple[str, ...]
) -> Iterator[str]:
    for each in found:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _theirs(route, each.url_patterns, rooms)
        elif each.name and str(each.callback.__module__).startswith(rooms):
            yield from [] if route.startswith(STAFF) else [each.name]
