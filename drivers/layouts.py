"""Keyboard layouts as data: which characters a key code gives plain, with Shift and with AltGr.

The layout is the one the scanner is set to. The system's layout is never asked: it is the
cashier's, and turns a French scanner's 0123 into àéèç.
"""

from msgspec import Struct

from drivers.key_names import KEY_CODES
from drivers.profile import Layout


class Cap(Struct, frozen=True):
    """What is printed on one key; empty where it gives nothing."""

    plain: str
    shift: str = ""
    altgr: str = ""


_DIGITS, _UPPER, _HOME, _LOWER = range(2, 14), range(16, 28), range(30, 42), range(44, 54)
_ROWS = (*_DIGITS, *_UPPER, *_HOME, *_LOWER, 43, 86)  # 43 by Enter, 86 by the left Shift

# Digits, upper, home and lower row, the key by Enter, the key by the left Shift.
_Layout = tuple[str, str, dict[int, str]]
_US: _Layout = (
    r"1234567890-=  qwertyuiop[]  asdfghjkl;'`  zxcvbnm,./  \  \ ",
    r"""!@#$%^&*()_+  QWERTYUIOP{}  ASDFGHJKL:"~  ZXCVBNM<>?  |  | """,
    {},
)
_DE: _Layout = (
    "1234567890ß´  qwertzuiopü+  asdfghjklöä^  yxcvbnm,.-  #  < ",
    "!\"§$%&/()=?`  QWERTZUIOPÜ*  ASDFGHJKLÖÄ°  YXCVBNM;:_  '  > ",
    {3: "²", 4: "³", 8: "{", 9: "[", 10: "]", 11: "}", 12: "\\", 16: "@", 18: "€", 27: "~"}
    | {50: "µ", 86: "|"},
)
_FR: _Layout = (
    "&é\"'(-è_çà)=  azertyuiop^$  qsdfghjklmù²  wxcvbn,;:!  *  < ",
    "1234567890°+  AZERTYUIOP¨£  QSDFGHJKLM%²  WXCVBN?./§  µ  > ",
    {3: "~", 4: "#", 5: "{", 6: "[", 7: "|", 8: "`", 9: "\\", 10: "^", 11: "@", 12: "]", 13: "}"}
    | {18: "€", 27: "¤"},
)

# The same on every layout, and whatever Num Lock and Shift say: a scanner means the digit.
_FIXED = {KEY_CODES[f"KEY_KP{digit}"]: str(digit) for digit in range(10)} | {
    KEY_CODES["KEY_KPDOT"]: ".",
    KEY_CODES["KEY_KPMINUS"]: "-",
    KEY_CODES["KEY_KPPLUS"]: "+",
    KEY_CODES["KEY_KPASTERISK"]: "*",
    KEY_CODES["KEY_KPSLASH"]: "/",
    KEY_CODES["KEY_KPEQUAL"]: "=",
    KEY_CODES["KEY_SPACE"]: " ",
}
KEYPAD_DIGITS = {code: char for code, char in _FIXED.items() if char.isdigit()}


def _layout(plain: str, shift: str, altgr: dict[int, str]) -> dict[int, Cap]:
    caps = {
        code: Cap(low, high, altgr.get(code, ""))
        for code, low, high in zip(
            _ROWS, plain.replace(" ", ""), shift.replace(" ", ""), strict=True
        )
    }
    return caps | {code: Cap(char, char) for code, char in _FIXED.items()}


LAYOUTS: dict[Layout, dict[int, Cap]] = {
    "us": _layout(*_US),
    "de": _layout(*_DE),
    "fr": _layout(*_FR),
}
