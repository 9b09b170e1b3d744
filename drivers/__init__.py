"""Input and output devices of the unit: one device a file, pure decoding beside it."""
