"""What goes onto paper: slips and labels as values, and the way to a printer's bytes."""
