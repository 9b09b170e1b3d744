"""What system, libraries and drivers say of a fault, in the language of whoever reads it.

Law of the file: a small unit has no locales installed, so the C library speaks English alone, and
Python's parsers always do. Their usual phrases are in the catalogue under their own words; what is
not among them stays as it came.
"""

import re
from functools import cache

from terminal.core.words import NOTHING, Sentence, Told, row, sentence
from terminal.ui.words import N_

SYSTEM = (
    N_("Address family not supported by protocol"),
    N_("Bad address"),
    N_("Broken pipe"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("Connection timed out"),
    N_("Device or resource busy"),
    N_("File exists"),
    N_("File name too long"),
    N_("Host is down"),
    N_("Inappropriate ioctl for device"),
    N_("Input/output error"),
    N_("Invalid argument"),
    N_("Invalid cross-device link"),
    N_("Is a directory"),
    N_("Name or service not known"),
    N_("Network is unreachable"),
    N_("No route to host"),
    N_("No space left on device"),
    N_("No such device or address"),
    N_("No such device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Resource temporarily unavailable"),
    N_("Temporary failure in name resolution"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
    N_("timed out"),
)
TOML = (
    N_("Invalid statement"),
    N_("Expected newline or end of document after a statement"),
    N_("Found invalid character"),
    N_("Cannot declare"),
    N_("Cannot overwrite a value"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Cannot mutate immutable namespace"),
    N_("Cannot redefine namespace"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Invalid initial character for a key part"),
    N_("Unclosed array"),
    N_("Duplicate inline table key"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Invalid hex value"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Unterminated string"),
    N_("Illegal character"),
    N_("Invalid date or datetime"),
    N_("Invalid value"),
    N_("Expected "),
    N_(" twice"),
)
LIBRARIES = (
    N_("Expecting property name enclosed in double quotes"),
    N_("Expecting ':' delimiter"),
    N_("Expecting ',' delimiter"),
    N_("Expecting value"),
    N_("Extra data"),
    N_("Invalid control character at"),
    N_("Unterminated string starting at"),
    N_("Invalid \\\\escape: "),
    N_("Compressed file ended before the end-of-stream marker was reached"),
    N_("CRC check failed"),
    N_("Incorrect length of data produced"),
    N_("Not a gzipped file"),
    N_("unexpected end of data"),
    N_("field larger than field limit"),
    N_("no element found"),
    N_("not well-formed (invalid token)"),
    N_("unclosed token"),
    N_("mismatched tag"),
    N_("duplicate attribute"),
    N_("junk after document element"),
    N_("undefined entity"),
    N_("unknown encoding"),
    N_("syntax error"),
    N_("partial character"),
    N_("unbound prefix"),
    N_("encoding specified in XML declaration is incorrect"),
    N_("XML or text declaration not at start of entity"),
    N_("missing ), unterminated subpattern"),
    N_("unterminated character set"),
    N_("nothing to repeat"),
    N_("unbalanced parenthesis"),
    N_("multiple repeat"),
    N_("bad escape"),
    N_("bad character range"),
    N_("unknown extension"),
    N_("missing group name"),
    N_("bad character in group name"),
    N_("unexpected end of pattern"),
    N_("database disk image is malformed"),
    N_("codec can't decode byte"),
    N_("invalid start byte"),
    N_("invalid continuation byte"),
    N_("unknown encoding: "),
)
DEVICES = (
    N_("no answer to DLE EOT"),
    N_("the connection broke"),
    N_("the printer closed the connection"),
    N_("the terminal hung up"),
    N_("the framebuffer takes no more"),
    N_("the scanner is gone"),
    N_("not a HID-POS scanner of a known kind"),
    N_("not switched to HID-POS"),
    N_("the input device is gone"),
    N_("no such input device"),
    N_("the serial line hung up"),
    N_("no HID-POS scanner"),
    N_("the printer did not confirm within"),
    N_("GS r says the paper is out"),
    N_("took no data for"),
)


def system(fault: OSError) -> Sentence:
    """The system's own words, to be said in the reader's language."""
    return Sentence(fault.strerror or str(fault))


def foreign(text: str) -> Told:
    """A library's sentence: each phrase and place in it that we know, to be said in ours.

    It may quote a file; what of that cannot be printed is a dot.
    """
    text = "".join(char if char.isprintable() else "·" for char in text)
    parts: list[Told] = []
    at = 0
    for found in _known().finditer(text):
        if text[at : found.start()]:
            parts.append(text[at : found.start()])
        parts.append(_said(found))
        at = found.end()
    if text[at:]:
        parts.append(text[at:])
    return row(parts, NOTHING)


@cache
def _known() -> re.Pattern[str]:
    longest_first = sorted((*SYSTEM, *TOML, *LIBRARIES, *DEVICES), key=len, reverse=True)
    phrases = "|".join(map(re.escape, longest_first))
    return re.compile(
        r"(?: \(at|:) line (?P<line>\d+), column (?P<column>\d+)\)?"
        r"|(?P<end> \(at end of document\))"
        r"| [ai][tn] position (?P<place>\d+)"
        rf"|(?P<phrase>{phrases})"
    )


def _said(found: re.Match[str]) -> Told:
    match found.lastgroup:
        case "column":
            line, column = found["line"], found["column"]
            return sentence(" (line {line}, column {column})", line=line, column=column)
        case "end":
            return sentence(" (at the end of the file)")
        case "place":
            return sentence(" at position {place}", place=found["place"])
        case _:
            return Sentence(found[0])
