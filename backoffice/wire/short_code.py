"""Crockford's base32 with its check character, as people read and type it.

Ten characters of 0-9 A-Z without I L O U, and the number modulo 37 as an eleventh of these 32 and
* ~ $ = U. Dashes and spaces are passed over, I and L read as 1, O as 0.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
LENGTH = 10
BITS = 5 * LENGTH

_FORGIVEN = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def short_code(number: int) -> str:
    """The code of a number below 2**50, eleven characters."""
    assert 0 <= number < 1 << BITS, "ten characters hold 50 bits"
    digits = (ALPHABET[number >> 5 * place & 31] for place in range(LENGTH - 1, -1, -1))
    return "".join(digits) + CHECKS[number % 37]


def read_short_code(text: str) -> str | None:
    """The code somebody typed, in its one spelling; None where it does not check."""
    code = text.upper().translate(_FORGIVEN)
    if len(code) != LENGTH + 1 or not set(code[:LENGTH]) <= set(ALPHABET):
        return None
    number = 0
    for char in code[:LENGTH]:
        number = number * 32 + ALPHABET.index(char)
    return code if code[LENGTH] == CHECKS[number % 37] else None
