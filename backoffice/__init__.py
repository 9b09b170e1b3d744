"""The shop's side of the product: what terminals deliver to and what a slip's QR code leads to.

Law of the package: it shares no code with the terminal; docs/WIRE.md is all that both know.
"""
