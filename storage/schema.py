"""Which database is ours, and how far its schema has come.

Kept apart from the migrations so that a start with a current schema need not load sqlite-utils.
"""

APPLICATION_ID = 0x52544D31  # "RTM1", in the file's header (sqlite.org/fileformat2.html, offset 68)
SCHEMA_VERSION = 3  # PRAGMA user_version: the number of migrations applied
