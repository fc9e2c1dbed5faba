# Offered another plan and not accepted within seven days: it lapses, the ladder takes up where the days are
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-02 08:00 hears attention
2026-04-03 asks for 10 parts from 2026-04-15
2026-04-06 is offered 2 parts from 2026-04-20
2026-04-15 08:00 hears attention
until 2026-04-22
