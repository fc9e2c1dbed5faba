"""Every SQL statement of the people room, named."""

NEW_PERSONS = "select nextval('people_person_seq') from generate_series(1, %s)"
NEW_ITEMS = "select nextval('people_item_seq') from generate_series(1, %s)"

COPY_PERSONS = "copy people_person (person, lang, zone, enrolled_at) from stdin"
COPY_KEYS = "copy people_key (person, wrapped) from stdin"
COPY_ITEMS = "copy people_item (person, item, kind, box, commitment) from stdin"
COPY_INDEX = "copy people_index (digest, person, target) from stdin"

# Whole batches come in by unnest and join: `= any(array)` on a partitioned table is planned for
# every part and every number of the array, which takes longer than the query (`batch.rows`).
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
    where i.kind = any(%s) and not exists (
        select from people_mark m where m.person = i.person and m.item = i.item and m.retired)
    order by i.item"""
DROP_ITEMS = "delete from people_item where person = %s and kind = any(%s)"
SPEAK = "update people_person set lang = %s where person = %s"

MARKS = """
    select m.item, m.confidential, m.retired
    from unnest(%s::bigint[]) as wanted (person) join people_mark m using (person)"""
MARKS_BY_ITEM = """
    select item, m.confidential, m.retired
    from unnest(%s::bigint[]) as wanted (item) join people_mark m using (item)"""
MARK = """
    insert into people_mark (person, item, confidential, retired) values (%s, %s, %s, %s)
    on conflict (person, item) do update
    set confidential = excluded.confidential, retired = excluded.retired"""
HIDDEN = """
    select person, i.kind
    from unnest(%s::bigint[]) as wanted (person)
    join people_mark m using (person) join people_item i using (person, item)
    where m.confidential and not m.retired"""
TEXT = """
    select item from people_item
    where person = %s and kind = 'text' and commitment = %s"""

FOUND = "select digest, person, target from people_index where digest = any(%s) order by person"
FORGET_INDEX = """
    delete from people_index where person = %s and target = 0 and digest = any(%s)"""
LOCK_NUMBER = "select pg_advisory_xact_lock(%s)"
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

SET_PIN = """
    insert into people_credential (person, pin, tries) values (%s, %s, 0)
    on conflict (person) do update set pin = excluded.pin, tries = 0, locked_until = null"""
PIN = "select pin from people_credential where person = %s"
HAS_PIN = "select person from people_credential where person = any(%s)"
# A try is counted before it is judged: of many at once none is free.
TRY_PIN = """
    update people_credential set
        tries = tries + 1,
        locked_until = case when (tries + 1) %% %s = 0
            then current_timestamp + interval '15 minutes' end
    where person = %s and tries < %s
        and (locked_until is null or locked_until <= current_timestamp)
    returning pin"""
PIN_WAS_RIGHT = "update people_credential set tries = 0, locked_until = null where person = %s"
DELETE_PIN = "delete from people_credential where person = %s"
PIN_STATE = """
    select case when tries >= %s then 'spent'
        when locked_until > current_timestamp then 'locked' else 'open' end
    from people_credential where person = %s"""

BEGIN_SESSION = """
    insert into people_session (person, session, digest, device, began_at, seen_at, sure_at)
    values (%s, nextval('people_session_seq'), %s, %s,
        current_timestamp, current_timestamp, current_timestamp)
    returning session"""
SEE_SESSION = """
    update people_session set seen_at = current_timestamp
    where person = %s and session = %s and digest = %s and ended_at is null
        and seen_at > current_timestamp - interval '30 minutes'
    returning sure_at > current_timestamp - interval '10 minutes'"""
MAKE_SURE = """
    update people_session set sure_at = current_timestamp where person = %s and session = %s"""
MOVE_SESSION = "update people_session set digest = %s where person = %s and session = %s"
END_SESSION = """
    update people_session set ended_at = current_timestamp
    where person = %s and session = %s and ended_at is null"""
END_OTHERS = """
    update people_session set ended_at = current_timestamp
    where person = %s and session <> %s and ended_at is null"""
LAST_SEEN = """
    select person, max(extract(epoch from s.seen_at) * 1000000)::bigint
    from unnest(%s::bigint[]) as wanted (person) join people_session s using (person)
    group by person"""
SESSIONS = """
    select session, device, floor(extract(epoch from began_at))::bigint,
        floor(extract(epoch from seen_at))::bigint
    from people_session
    where person = %s and ended_at is null
        and seen_at > current_timestamp - interval '30 minutes'
    order by seen_at desc, session desc"""

# The second factor of staff. A try is counted before it is judged; a step opens once.
BEGIN_FACTOR = """
    insert into people_factor (staff, box, confirmed, shown, used, tries)
    values (%s, %s, false, false, 0, 0)
    on conflict (staff) do update set box = excluded.box, tries = 0, locked_until = null
    where not people_factor.confirmed"""
PUBLISH_FACTOR = """
    insert into people_factor (staff, box, confirmed, shown, used, tries)
    values (%s, %s, true, true, 0, 0)
    on conflict (staff) do update set box = excluded.box, confirmed = true, shown = true"""
UNCONFIRMED = "select box from people_factor where staff = %s and not confirmed"
FACTOR_STATE = """
    select case when tries >= %s then 'spent'
        when locked_until > current_timestamp then 'locked' else 'open' end
    from people_factor where staff = %s and confirmed"""
TRY_FACTOR = """
    update people_factor set
        tries = tries + 1,
        locked_until = case when (tries + 1) %% %s = 0
            then current_timestamp + interval '15 minutes' end
    where staff = %s and tries < %s
        and (locked_until is null or locked_until <= current_timestamp)
    returning box, floor(extract(epoch from current_timestamp) / 30)::bigint"""
FACTOR_WAS_RIGHT = """
    update people_factor set
        tries = 0, locked_until = null, confirmed = true, used = greatest(used, %s)
    where staff = %s and (shown or %s not between 1 and used)
    returning staff"""
SHOWN_FACTOR = """
    select box, floor(extract(epoch from current_timestamp) / 30)::bigint
    from people_factor where staff = %s and shown"""
STEP = "select floor(extract(epoch from current_timestamp) / 30)::bigint"
DROP_FACTOR = "delete from people_factor where staff = %s"
ADD_RECOVERY = "insert into people_recovery (staff, digest) select %s, unnest(%s::bytea[])"
USE_RECOVERY = "delete from people_recovery where staff = %s and digest = %s returning staff"
COUNT_RECOVERY = "select count(*) from people_recovery where staff = %s"
DROP_RECOVERY = "delete from people_recovery where staff = %s"

ROLL = """
    select s.id, u.username, s.number, s.role, coalesce(m.team, ''), u.is_active, m.trained_on,
        coalesce(m.badge, ''), m.badge_until, m.away_from, m.away_until,
        coalesce(m.hand_over, 0), m.left_on
    from people_staff s join auth_user u on u.id = s.user_id
    left join people_member m on m.staff = s.id
    where %s in (0, s.id) order by m.left_on is not null, s.number"""
ENTER_MEMBER = "insert into people_member (staff) values (%s) on conflict (staff) do nothing"
SET_TEAM = "update people_member set team = %s where staff = %s"
SET_TRAINED = "update people_member set trained_on = %s where staff = %s"
SET_BADGE = "update people_member set badge = %s, badge_until = %s where staff = %s"
SET_AWAY = """
    update people_member set away_from = %s, away_until = %s, hand_over = %s where staff = %s"""
SET_LEFT = "update people_member set left_on = %s where staff = %s"
ISSUE_STAFF_CODE = """
    insert into people_staff_invitation (staff, digest, sort, until)
    values (%s, %s, %s, current_timestamp + make_interval(days => %s))
    on conflict (staff) do update
    set digest = excluded.digest, sort = excluded.sort, until = excluded.until, tries = 0"""
TRY_STAFF_CODE = """
    update people_staff_invitation set tries = tries + 1
    where staff = %s and tries < %s and until > current_timestamp returning staff"""
USE_STAFF_CODE = """
    delete from people_staff_invitation where staff = %s and digest = %s returning sort"""
DROP_STAFF_INVITATION = "delete from people_staff_invitation where staff = %s"
