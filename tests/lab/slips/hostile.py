"""Words that printers could take for commands, for the lab's shop and for the tests.

Law of the file: `SHOP` is what an import lets in, so the lab sells it; `RAW` is what only a damaged
or foreign file could hold, so the encoder alone stands before the printer.
"""

# Chinese characters whose second byte in GB18030 is the letter of a command: @ of ESC @, V of GS V,
# a E t d p of ESC, A of a cut with feed; and rare ones of four bytes.
LOOKALIKE = "".join(
    bytes((lead, ord(one))).decode("gb18030") for one in "@VaEtdpA{~" for lead in b"\x81\xaa"
)
FOUR_BYTES = "㐀𠀀ß"

SHOP = (
    LOOKALIKE,
    r"ESC @ \x1b@ %1B%40 &#27;p ^[@ {0} %s",
    FOUR_BYTES,
    "😀👩‍👩‍👧\u202eGOLD\u200b\u0301\u0301",
    "\ue5e5\ufffd￥£é",
)
_COMMANDS = (
    b"\x1b@", b"\x1bp\x00\x19\xfa", b"\x1dV\x00", b"\x1d(A\x02\x00\x00\x02", b"\x1b=\x02",
    b"\x1cp\x01\x00", b"\x10\x04\x01", b"\x10\x05\x02", b"\x10\x14\x01\x00\x01",
    b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", b"\x1c&", b"\x1c.", b"\x1bt\x10", b"\x1dr\x01",
    b"\x1b", b"\x1d", b"\x10", b"\n\n", b"\x00", b"\x7f",
)  # fmt: skip
RAW = (
    *(one.decode("latin-1") for one in _COMMANDS),
    *(f"退{one.decode('latin-1')}货" for one in _COMMANDS),
    "\x80\x9b\x85\xa0\xad\xff\xfe",
    "\ud800\udc00\udfff",
    "\u2028\u2029\u0085\ufeff\ufffe\U0010ffff",
)
