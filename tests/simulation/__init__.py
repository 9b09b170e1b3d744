"""A whole shop from one seed: terminals, couriers, office, rails, network, clocks and deaths.

One thread, one queue of what is due (asyncio's own, on a virtual clock), one source of chance.

Real: the terminals' counter, flow, ledger and SQLite files, their uplink (desk, sending, taking,
reading); the courier's service, session, link, patience, checks of answers and HTTP client; the
office's intake, books, feed, decisions, rails' worker and SQLite file.
Simulated: the socket between terminal and courier (its JSON lines are the real ones), TLS, HTTP's
bytes on the line, the office's web server and its bell, certificates, printer, screen, the rail.
Left out: enrolment, restored backups, files of rules, PostgreSQL and two office
processes at once; a power cut within a write, for a death falls between two instructions.
"""
