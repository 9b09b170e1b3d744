"""The golden check itself: it must fail when it should."""

from pathlib import Path

import pytest
from PIL import Image

from tests.golden import check
from tests.golden.check import Shelf, check_golden, save_small


def shelf(place: Path, *, accept: bool = False) -> Shelf:
    return Shelf(place, place / "out", accept)


def picture() -> Image.Image:
    image = Image.new("RGB", (40, 30), (255, 255, 255))
    image.paste((20, 80, 200), (5, 5, 20, 20))
    return image


def test_same_text_and_same_picture_pass(tmp_path: Path) -> None:
    check_golden("a", "one\ntwo", shelf(tmp_path, accept=True))
    check_golden("a", picture(), shelf(tmp_path, accept=True))
    check_golden("a", "one\ntwo\n", shelf(tmp_path))
    check_golden("a", picture(), shelf(tmp_path))


def test_one_other_pixel_fails_and_both_pictures_are_laid_side_by_side(tmp_path: Path) -> None:
    save_small(check.reduced(picture()), tmp_path / "a.png")
    other = picture()
    other.putpixel((39, 29), (0, 0, 0))
    with pytest.raises(AssertionError, match=r"make goldens"):
        check_golden("a", other, shelf(tmp_path))
    with Image.open(tmp_path / "out" / "a.png") as both:
        assert both.size == (40 + 16 + 40, 30)


def test_another_line_fails_with_the_difference_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    with pytest.raises(AssertionError, match=r"-two\n\+three"):
        check_golden("a", "one\nthree", shelf(tmp_path))


def test_a_golden_nobody_has_looked_at_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"no b.png yet"):
        check_golden("b", picture(), shelf(tmp_path))
    with pytest.raises(AssertionError, match=r"no b.txt yet"):
        check_golden("b", "x", shelf(tmp_path))


def test_pictures_are_kept_without_loss(tmp_path: Path) -> None:
    many = check.reduced(Image.linear_gradient("L").convert("RGB"))
    save_small(many, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as kept:
        assert kept.convert("RGB").tobytes() == many.tobytes()
