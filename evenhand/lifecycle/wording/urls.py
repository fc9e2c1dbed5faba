"""The addresses of wordings."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.wording import acts, held_pages, pages

ONE = "staff/words/<slug:sort>/<slug:template>/<slug:lang>/"

urlpatterns = [
    path("staff/words/", pages.listed, name="words"),
    path("staff/words/adopt/", acts.adopt, name="words-adopt"),
    path("staff/words/proposals/<number:seq>/", acts.decide, name="words-decide"),
    path("staff/words/held/", held_pages.listed, name="words-held"),
    path("staff/words/held/<number:seq>/", held_pages.opened, name="words-held-open"),
    path(ONE, pages.one, name="wording"),
    path(f"{ONE}propose/", acts.propose, name="wording-propose"),
    path(f"{ONE}stop/", acts.stop, name="wording-stop"),
]
