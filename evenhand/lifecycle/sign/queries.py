"""The SQL of this room."""

REAL_SECONDS = "select extract(epoch from current_timestamp)::bigint"
