"""The return terminal: wires scanner, keypad, printer, screen and storage to the flow."""
