"""The short code of a return slip: ten characters a person can read out, and one that checks them.

Crockford's base32 (no I, L, O, U); the check is the number modulo 37, as Crockford defined it,
written with the 32 characters and * ~ $ = U. A slip of one character or two swapped is noticed.
"""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _DIGITS + "*~$=U"
LENGTH = 10
_READ_AS = str.maketrans("ILO", "110", "- ")


def short_code(entropy: int) -> str:
    """The code of a number below 2**50, without the dash that print and screen put in."""
    assert 0 <= entropy < 32**LENGTH, entropy
    digits = "".join(_DIGITS[entropy >> (5 * place) & 31] for place in reversed(range(LENGTH)))
    return digits + _CHECK[entropy % 37]


def read_short_code(text: str) -> str | None:
    """The code a person typed (case, dashes, spaces, I L O forgiven); None if it does not check."""
    code = text.upper().translate(_READ_AS)
    if len(code) != LENGTH + 1 or any(char not in _DIGITS for char in code[:-1]):
        return None
    number = 0
    for char in code[:-1]:
        number = number * 32 + _DIGITS.index(char)
    return code if code[-1] == _CHECK[number % 37] else None


def grouped(code: str) -> str:
    """As people read it: 7K2M9-Q4XCT-H."""
    return f"{code[:5]}-{code[5:10]}-{code[10:]}"
