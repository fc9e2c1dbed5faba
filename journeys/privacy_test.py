"""The search for people sees them, however they are written; and finds none in the house."""

import psycopg
import pytest

from evenhand.lifecycle.register.made_up import account_of, identity_of, phone_of
from evenhand.site import demo_lives, made_up
from evenhand.site.demo_people import PEOPLE
from journeys import privacy
from journeys.browsing import House
from journeys.privacy import Known

WANG = Known("王思远", ("+86 120 0000 0901", "110101196206220002"))


@pytest.mark.parametrize(
    "text",
    [
        "for 王思远",
        '{"to": "12000000901"}',
        "120 0000 0901",
        "+8612000000901",
        "120-0000-0901",
        "110101 19620622 0002",
        "/borrowers/12000000901/",
    ],
)
def test_somebody_is_found(own_database: str, text: str) -> None:
    assert privacy.findings(own_database, text, [], [WANG])
    assert privacy.findings(own_database, "", [f"/x/?y={text}"], [WANG])


@pytest.mark.parametrize("text", ["王思", "1200000090", "0120000009012", "f12000000901a"])
def test_nobody_is_found(own_database: str, text: str) -> None:
    assert privacy.findings(own_database, text, [], [WANG]) == []


def test_somebody_in_a_table_or_a_job_is_found(own_database: str) -> None:
    with psycopg.connect(own_database) as owner:
        owner.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args)"
            " values ('default', 'x', '{\"to\": \"12000000901\"}')"
        )
    assert privacy.findings(own_database, "", [], [WANG]) == ["procrastinate_jobs: a number"]


def test_nobody_of_the_demo_is_named_outside_the_vault(house: House) -> None:
    people = [made_up.person(number) for number in range(PEOPLE)]
    known = [Known(one.name, (one.phone,)) for one in people]
    known += [
        Known(life.name, (phone_of(number), identity_of(number), account_of(number)))
        for number, life in enumerate(demo_lives.LIVES, demo_lives.FIRST_NUMBER)
    ]
    assert privacy.findings(house.database, house.log.read_text(), [], known) == []
