# A complaint on the first late day: the second reminder never leaves; after the answer the third does
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-02 08:00 hears attention
2026-04-02 complains
2026-04-07 is answered
2026-04-08 08:00 hears attention
2026-04-15 08:00 hears attention
until 2026-04-30
