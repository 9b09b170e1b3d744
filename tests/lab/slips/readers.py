"""Three readers of QR codes, each with a decoder of its own: zbar, zxing and OpenCV.

Law of the file: a code counts when two of the three read it alike, and never when one of them reads
something else. A picture is read as a phone sees it: turned by 7 degrees, far away, blurred.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping

from PIL import Image, ImageFilter

Reader = Callable[[Image.Image], tuple[str, ...]]
Readers = Mapping[str, Reader]
ENOUGH = 2
_TURN, _SHRINK, _BLUR = 7, 0.7, 0.8  # degrees, of the size, pixels


class Disagree(ValueError):  # noqa: N818 - named for what happened
    """The readers do not read the same."""


def photo(picture: Image.Image) -> Image.Image:
    """The picture as a phone has it before its reader."""
    seen = picture.convert("L").rotate(_TURN, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    size = (round(seen.width * _SHRINK), round(seen.height * _SHRINK))
    return seen.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(_BLUR))


def zbar(picture: Image.Image) -> tuple[str, ...]:
    from pyzbar import pyzbar

    found = pyzbar.decode(picture.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return tuple(sorted(one.data.decode() for one in found))


def zxing(picture: Image.Image) -> tuple[str, ...]:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return tuple(sorted(one.text for one in found))


def opencv(picture: Image.Image) -> tuple[str, ...]:
    import cv2

    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.convert("L").save(file.name)
        pixels = cv2.imread(file.name, cv2.IMREAD_GRAYSCALE)
    _, found, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(pixels)
    return tuple(sorted(filter(None, found)))


READERS: Readers = {"zbar": zbar, "zxing": zxing, "OpenCV": opencv}
NEEDED = {
    "zbar": "pip's pyzbar and Debian's libzbar0",
    "zxing": "pip's zxing-cpp",
    "OpenCV": "pip's opencv-python-headless",
}


def missing() -> dict[str, str]:
    """Readers that cannot be had here, with why."""
    blank = Image.new("L", (64, 64), 255)
    lacking: dict[str, str] = {}
    for name, reader in READERS.items():
        try:
            reader(blank)
        except ImportError as fault:
            lacking[name] = f"{fault}; it needs {NEEDED[name]}"
    return lacking


def read(picture: Image.Image, by: Readers = READERS) -> dict[str, list[str]]:
    """Each code in the photo of a slip, with the names of those who read it.

    Raises Disagree when a code is read by fewer than two.
    """
    return alike(photo(picture), by)


def alike(seen: Image.Image, by: Readers = READERS) -> dict[str, list[str]]:
    """The same of a picture as it is."""
    said = {name: reader(seen) for name, reader in by.items()}
    votes = Counter(code for codes in said.values() for code in set(codes))
    if any(count < ENOUGH for count in votes.values()):
        raise Disagree(f"read alike by fewer than {ENOUGH}: {said}")
    return {code: [name for name in said if code in said[name]] for code in sorted(votes)}
