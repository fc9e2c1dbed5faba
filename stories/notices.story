# Who pays on time hears three days before and on the due day, and never more
lends 2026-03-01 6000.00 over 3 months at 12 %, late 18 %, strategy standard
2026-03-29 08:00 hears notice
2026-04-01 08:00 hears notice
2026-04-01 pays 2040.13
2026-04-28 08:00 hears notice
2026-05-01 08:00 hears notice
2026-05-01 pays 2040.13
2026-05-29 08:00 hears notice
2026-06-01 08:00 hears notice
2026-06-01 pays 2040.14
2026-06-02 stands current, paid off
until 2026-06-10
