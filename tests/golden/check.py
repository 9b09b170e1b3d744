"""Golden files: what a screen or slip looked like when somebody last looked at it and agreed.

Law of the file: a difference is shown side by side and never accepted by itself. `make goldens`
(or UPDATE_GOLDENS=1 before the tests) accepts what is drawn now; look at the pictures first.
"""

import os
import subprocess
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from terminal.ui.theme import FONT, FONT_PACKAGE

FOLDER = Path(__file__).parent
OUT = Path(__file__).parents[2] / "var" / "golden"
ACCEPT = "If the new one is right: make goldens (or UPDATE_GOLDENS=1), look, and commit."
DRAWN_WITH = "0.2.0-beta-3.1"  # the version of the font the pictures were drawn with
BITS = 4  # a channel: enough to see by, and small files; every pixel stands for itself


def accepting() -> bool:
    return os.environ.get("UPDATE_GOLDENS") == "1"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where goldens are kept, where differences are laid out, and whether new ones are accepted."""

    kept: Path = FOLDER
    out: Path = OUT
    accept: bool = field(default_factory=accepting)


def check_golden(name: str, made: "Image.Image | str", shelf: Shelf | None = None) -> None:
    """Compare with `<name>.png` or `<name>.txt`; AssertionError says where to look and what to do.

    Pictures compare by pixels, at four bits a channel. A golden that is not there yet fails too.
    """
    place = shelf or Shelf()
    if isinstance(made, str):
        _check_text(place, f"{name}.txt", made.rstrip("\n") + "\n")
    else:
        _check_picture(place, f"{name}.png", reduced(made))


def reduced(image: Image.Image) -> Image.Image:
    """The picture as it is kept: RGB of four bits a channel."""
    return ImageOps.posterize(image.convert("RGB"), BITS)


def save_small(image: Image.Image, path: Path) -> None:
    """Lossless; with a palette where that is exact."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    exact = ImageChops.difference(flat.convert("RGB"), image).getbbox() is None
    (flat if exact else image).save(path, "PNG", optimize=True)


def _check_text(shelf: Shelf, name: str, made: str) -> None:
    path = shelf.kept / name
    if shelf.accept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
        return
    if not path.exists():
        raise AssertionError(f"There is no {path.name} yet. {ACCEPT}\n{made}")
    kept = path.read_text(encoding="utf-8")
    if kept == made:
        return
    shelf.out.mkdir(parents=True, exist_ok=True)
    (shelf.out / name).write_text(made, encoding="utf-8")
    lines = unified_diff(kept.splitlines(), made.splitlines(), "kept", "new", lineterm="")
    raise AssertionError("\n".join((f"{path.name} differs. {ACCEPT}", *lines)))


def _check_picture(shelf: Shelf, name: str, made: Image.Image) -> None:
    path = shelf.kept / name
    if shelf.accept:
        save_small(made, path)
        return
    if not path.exists():
        raise AssertionError(f"There is no {path.name} yet. {ACCEPT}")
    with Image.open(path) as file:
        kept = file.convert("RGB")
    same_size = kept.size == made.size
    if same_size and ImageChops.difference(kept, made).getbbox() is None:
        return
    where = ImageChops.difference(kept, made).getbbox() if same_size else "another size"
    beside = shelf.out / name
    save_small(_side_by_side(kept, made), beside)
    raise AssertionError(
        f"{path.name} differs (at {where}). Kept and new, side by side: {beside}. {ACCEPT}"
        f"{_font_hint()}"
    )


def _side_by_side(kept: Image.Image, made: Image.Image) -> Image.Image:
    gap = 16
    size = (kept.width + gap + made.width, max(kept.height, made.height))
    both = Image.new("RGB", size, (240, 0, 240))
    both.paste(kept, (0, 0))
    both.paste(made, (kept.width + gap, 0))
    return both


def font_version() -> str:
    """The installed version of the font's package, empty when dpkg does not know."""
    asked = ["dpkg-query", "-W", "-f=${Version}", FONT_PACKAGE]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:  # not a Debian: the font itself is still compared
        return ""


def _font_hint() -> str:
    found = font_version()
    if found == DRAWN_WITH:
        return ""
    return (
        f" The pictures were drawn with {FONT_PACKAGE} {DRAWN_WITH}; here it is"
        f" {found or 'unknown'} ({FONT}). If every picture differs, that is why."
    )
