"""The kernel's key names and numbers (linux/input-event-codes.h), those that keypads and scanners
use.

Our own table, for key maps are read at start and loading evdev for it takes as long as the first
screen. A key without a name here is written `CODE_<number>`.
"""

import re

_IN_ORDER = """
ESC 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB Q W E R T Y U I O P LEFTBRACE RIGHTBRACE ENTER
LEFTCTRL A S D F G H J K L SEMICOLON APOSTROPHE GRAVE LEFTSHIFT BACKSLASH Z X C V B N M COMMA DOT
SLASH RIGHTSHIFT KPASTERISK LEFTALT SPACE CAPSLOCK F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK
SCROLLLOCK KP7 KP8 KP9 KPMINUS KP4 KP5 KP6 KPPLUS KP1 KP2 KP3 KP0 KPDOT - ZENKAKUHANKAKU 102ND
F11 F12 RO KATAKANA HIRAGANA HENKAN KATAKANAHIRAGANA MUHENKAN KPJPCOMMA KPENTER RIGHTCTRL KPSLASH
SYSRQ RIGHTALT LINEFEED HOME UP PAGEUP LEFT RIGHT END DOWN PAGEDOWN INSERT DELETE MACRO MUTE
VOLUMEDOWN VOLUMEUP POWER KPEQUAL KPPLUSMINUS PAUSE SCALE KPCOMMA
"""  # 1 and up; there is no 84

KEY_CODES: dict[str, int] = (
    {f"KEY_{name}": code for code, name in enumerate(_IN_ORDER.split(), 1) if name != "-"}
    | {f"KEY_F{number}": 170 + number for number in range(13, 25)}
    | {f"KEY_NUMERIC_{digit}": 512 + digit for digit in range(10)}
    | {
        "KEY_LEFTMETA": 125,
        "KEY_RIGHTMETA": 126,
        "KEY_COMPOSE": 127,
        "KEY_MENU": 139,
        "KEY_PROG1": 148,
        "KEY_PROG2": 149,
        "KEY_KPLEFTPAREN": 179,
        "KEY_KPRIGHTPAREN": 180,
        "KEY_PROG3": 202,
        "KEY_PROG4": 203,
        "KEY_PRINT": 210,
        "KEY_CANCEL": 223,
        "KEY_OK": 352,
        "KEY_SELECT": 353,
        "KEY_CLEAR": 355,
        "KEY_NUMERIC_STAR": 522,
        "KEY_NUMERIC_POUND": 523,
    }
)
_NAMES = {code: name for name, code in KEY_CODES.items()}
_LAST_CODE = 0x2FF  # KEY_MAX


def key_name(code: int) -> str:
    return _NAMES.get(code, f"CODE_{code}")


def key_code(name: str) -> int | None:
    """The number of `KEY_KP1` or `CODE_589`; None when there is no such key."""
    if found := re.fullmatch(r"CODE_(\d{1,3})", name, re.ASCII):
        code = int(found[1])
        return code if 0 < code <= _LAST_CODE else None
    return KEY_CODES.get(name)
