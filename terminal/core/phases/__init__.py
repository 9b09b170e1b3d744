"""The flow's rows, a file for each phase of a return."""
