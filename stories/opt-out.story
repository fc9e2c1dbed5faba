# Who does not want text messages gets none, however late
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-03-20 opts out of sms
2026-04-15 stands 14 days past due, 1072.81 past due, 6.62 late interest
until 2026-05-20
