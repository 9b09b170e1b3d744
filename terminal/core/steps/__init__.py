"""One small pure function for each row of the flow table, a file for each phase."""
