"""What came out of the printer, looked at by readers and parsers this project did not write."""
