# Under a plan nothing is collected; when it ends unkept, the ladder takes up where the days are
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-02 08:00 hears attention
2026-04-03 agrees a plan until 2026-04-14
2026-04-15 08:00 hears attention
until 2026-04-30
