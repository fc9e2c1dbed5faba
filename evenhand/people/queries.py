"""Every SQL statement of the people room, named."""

NEW_PERSONS = "select nextval('people_person_seq') from generate_series(1, %s)"
NEW_ITEMS = "select nextval('people_item_seq') from generate_series(1, %s)"

COPY_PERSONS = "copy people_person (person, lang, zone, enrolled_at) from stdin"
COPY_KEYS = "copy people_key (person, wrapped) from stdin"
COPY_ITEMS = "copy people_item (person, item, kind, box, commitment) from stdin"
COPY_INDEX = "copy people_index (digest, person, target) from stdin"

PERSONS = "select person, lang, zone from people_person where person = any(%s)"
KEYS = "select person, wrapped from people_key where person = any(%s)"
ITEMS_OF_PERSONS = """
    select person, item, kind, box, commitment from people_item
    where person = any(%s) and kind = any(%s) order by item"""
ITEMS_BY_ID = """
    select person, item, kind, box, commitment from people_item
    where item = any(%s) order by item"""
POINTS = """
    select person, item, kind from people_item
    where person = any(%s) and kind = any(%s) order by item"""
TEXT = """
    select item from people_item
    where person = %s and kind = 'text' and commitment = %s"""

FOUND = "select digest, person, target from people_index where digest = any(%s) order by person"
DELETE_KEY = "delete from people_key where person = %s"
DELETE_INDEX = "delete from people_index where person = %s"

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
