"""The learn screens: which key means what, and which device is the scanner."""
