"""Every SQL statement of the people room, named."""

NEW_PERSONS = "select nextval('people_person_seq') from generate_series(1, %s)"
NEW_ITEMS = "select nextval('people_item_seq') from generate_series(1, %s)"

COPY_PERSONS = "copy people_person (person, lang, zone, enrolled_at) from stdin"
COPY_KEYS = "copy people_key (person, wrapped) from stdin"
COPY_ITEMS = "copy people_item (person, item, kind, box, commitment) from stdin"
COPY_INDEX = "copy people_index (digest, person, target) from stdin"

# Whole batches come in by unnest and join: `= any(array)` on a partitioned table is planned for
# every part and every number of the array, which takes longer than the query.
PERSONS = """
    select person, p.lang, p.zone
    from unnest(%s::bigint[]) as wanted (person) join people_person p using (person)"""
KEYS = """
    select person, k.wrapped
    from unnest(%s::bigint[]) as wanted (person) join people_key k using (person)"""
ITEMS_OF_PERSONS = """
    select person, i.item, i.kind, i.box, i.commitment
    from unnest(%s::bigint[]) as wanted (person) join people_item i using (person)
    where i.kind = any(%s) order by i.item"""
ITEMS_BY_ID = """
    select i.person, item, i.kind, i.box, i.commitment
    from unnest(%s::bigint[]) as wanted (item) join people_item i using (item) order by item"""
POINTS = """
    select person, i.item, i.kind
    from unnest(%s::bigint[]) as wanted (person) join people_item i using (person)
    where i.kind = any(%s) order by i.item"""
TEXT = """
    select item from people_item
    where person = %s and kind = 'text' and commitment = %s"""

FOUND = "select digest, person, target from people_index where digest = any(%s) order by person"
DELETE_KEY = "delete from people_key where person = %s"
# The keyed digest of a lender's loan reference leads to a loan and to nobody: it stays, so that a
# tape with the loan on it does not make the person again.
DELETE_INDEX = "delete from people_index where person = %s and target = 0"

LOOK = """
    insert into people_look (person, at, staff, field, purpose) values (%s, %s, %s, %s, %s)"""
LOOKS = """
    select person, at, staff, field, purpose from people_look
    where person = %s order by look desc limit %s"""

FAILURES = """
    select count(*) from people_failed_login
    where digest = %s and at > current_timestamp - interval '15 minutes'"""
FAILED = "insert into people_failed_login (digest) values (%s)"
FORGET_FAILURES = """
    delete from people_failed_login where at <= current_timestamp - interval '15 minutes'"""
