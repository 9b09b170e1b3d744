"""AIM identifiers: the three characters a scanner may put before a code to say what kind it is.

`]` + a letter for the symbology + a modifier (ISO/IEC 15424). They are taken off before anybody
looks the code up, and kept beside it.
"""

import re

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def split_aim(text: str) -> tuple[str, str]:
    """`]E04006381333931` -> (`]E0`, `4006381333931`); no identifier -> (``, text)."""
    if _AIM.match(text):
        return text[:3], text[3:]
    return "", text
