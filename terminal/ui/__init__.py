"""What the cashier sees: screens as values, drawn as pixels or as text."""
