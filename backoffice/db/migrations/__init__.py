"""The schema's history; the newest revision is what backoffice/db/tables describes."""
