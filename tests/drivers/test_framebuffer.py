"""Pictures in a framebuffer's own format, read back by an independent reader."""

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from drivers.framebuffer import Framebuffer, read_geometry
from drivers.pixel_format import UnusableFramebuffer
from drivers.values import DeviceLost, DeviceReady, DeviceValue
from tests.fakes.framebuffer import FakeFramebuffer

BGRX = ((16, 8), (8, 8), (0, 8), (0, 0))
FORMATS = {
    "32 BGRX": (32, BGRX),
    "32 RGBX": (32, ((0, 8), (8, 8), (16, 8), (0, 0))),
    "32 XRGB": (32, ((8, 8), (16, 8), (24, 8), (0, 0))),
    "32 XBGR": (32, ((24, 8), (16, 8), (8, 8), (0, 0))),
    "32 BGRA": (32, ((16, 8), (8, 8), (0, 8), (24, 8))),
    "32 ARGB": (32, ((8, 8), (16, 8), (24, 8), (0, 8))),
    "32 GBRX": (32, ((16, 8), (0, 8), (8, 8), (0, 0))),
    "24 BGR": (24, ((16, 8), (8, 8), (0, 8), (0, 0))),
    "24 RGB": (24, ((0, 8), (8, 8), (16, 8), (0, 0))),
    "24 GRB": (24, ((8, 8), (0, 8), (16, 8), (0, 0))),
    "16 RGB565": (16, ((11, 5), (5, 6), (0, 5), (0, 0))),
    "16 BGR565": (16, ((0, 5), (5, 6), (11, 5), (0, 0))),
}


def noise(width: int = 64, height: int = 48) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def screen(fake: FakeFramebuffer, said: list[DeviceValue] | None = None) -> Framebuffer:
    report = said.append if said is not None else lambda _: None
    return Framebuffer(path=fake.path, probe=fake.probe, report=report)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("padding", "xoffset", "yoffset"), [(0, 0, 0), (24, 3, 5)])
def test_every_pixel_arrives_in_every_format(
    tmp_path: Path, kind: str, padding: int, xoffset: int, yoffset: int
) -> None:
    depth, fields = FORMATS[kind]
    place = {"padding": padding, "xoffset": xoffset, "yoffset": yoffset}
    fake = FakeFramebuffer(tmp_path / "fb", depth=depth, fields=fields, **place)
    picture, fb = noise(), screen(fake)
    assert fb.show(picture) == 48
    fb.close()
    for x, y in [(0, 0), (63, 0), (0, 47), (63, 47), *((n % 64, n % 48) for n in range(0, 999, 7))]:
        colour = picture.getpixel((x, y))
        assert isinstance(colour, tuple)
        expected = tuple(
            int(value) >> (8 - bits) for value, (_, bits) in zip(colour, fields[:3], strict=True)
        )
        assert fake.pixel(x, y) == expected


def test_screen_with_an_alpha_channel_is_opaque(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", fields=FORMATS["32 BGRA"][1])
    fb = screen(fake)
    fb.show(Image.new("RGB", (64, 48), (1, 2, 3)))
    fb.close()
    assert fake.path.read_bytes()[:4] == b"\x03\x02\x01\xff"


def test_nothing_outside_the_visible_part_is_touched(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", padding=24, xoffset=3, yoffset=5, memory=80 * 64 * 4)
    fb = screen(fake)
    fb.show(Image.new("RGB", (64, 48)))
    fb.close()
    assert fake.written() == 64 * 48 * 4
    assert fake.path.stat().st_size == fake.memory


def test_only_changed_rows_are_written(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", height=480)
    fb, picture = screen(fake), Image.new("RGB", (64, 480), "navy")
    assert fb.show(picture) == 480
    assert fb.show(picture) == 0
    fake.wipe()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((5, 10, 9, 12), fill="white")  # the clock
    draw.rectangle((0, 400, 3, 440), fill="white")  # the prompt, over a band's edge
    assert fb.show(picture) == 3 + 41
    assert fake.written() == (3 + 41) * 64 * 4
    assert fake.pixel(5, 10) == fake.pixel(3, 440) == (255, 255, 255)
    fb.close()


@pytest.mark.parametrize("padding", [0, 24])
def test_pictures_shown_one_after_another_leave_the_last_one(tmp_path: Path, padding: int) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", height=200, padding=padding)
    fb, dice = screen(fake), random.Random(3)
    picture = Image.new("RGB", (64, 200))
    for _ in range(40):
        y = dice.randrange(200)
        box = (dice.randrange(64), y, 64, dice.randrange(y, 200))
        ImageDraw.Draw(picture).rectangle(box, fill=dice.randbytes(3).hex().join("# ").strip())
        fb.show(picture)
    fb.close()
    memory = fake.path.read_bytes()
    rows = [memory[n : n + 64 * 4] for n in range(0, fake.memory, fake.stride)]
    assert b"".join(rows) == picture.tobytes("raw", "BGRX")


def test_change_that_is_taken_back_is_written_back(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    fb, calm = screen(fake), Image.new("RGB", (64, 48))
    busy = calm.copy()
    busy.putpixel((3, 7), (255, 255, 255))
    assert [fb.show(picture) for picture in (calm, busy, calm)] == [48, 1, 1]
    assert fake.pixel(3, 7) == (0, 0, 0)
    fb.close()


def test_picture_is_compared_with_what_was_shown_not_with_what_became_of_it(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    fb, picture = screen(fake), Image.new("RGB", (64, 48))
    fb.show(picture)
    picture.putpixel((0, 0), (255, 0, 0))
    assert fb.show(picture) == 1
    fb.close()


def test_picture_of_another_size_or_kind_is_fitted(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    fb = screen(fake)
    fb.show(Image.new("L", (10, 100), 255))
    fb.close()
    assert [fake.pixel(9, 47), fake.pixel(10, 0)] == [(255, 255, 255), (0, 0, 0)]


def test_lost_screen_is_said_once_and_drawn_whole_when_it_is_back(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    said: list[DeviceValue] = []
    fb, picture = screen(fake, said), noise()
    fb.show(picture)
    fake.pull(fb.fileno())
    picture.putpixel((0, 0), (0, 0, 0))
    assert fb.show(picture) == 0
    assert fb.show(picture) == 0
    assert [type(value) for value in said] == [DeviceLost]
    fake.width, fake.height = 32, 24
    fake.path.write_bytes(bytes(fake.memory))
    assert fb.show(picture) == 24
    assert [type(value) for value in said] == [DeviceLost, DeviceReady]
    assert fb.size == (32, 24)
    fb.close()


def test_screen_replaced_at_once_costs_no_notice(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    said: list[DeviceValue] = []
    fb = screen(fake, said)
    fb.show(noise())
    fake.pull(fb.fileno())
    fake.path.write_bytes(bytes(fake.memory))
    assert fb.show(Image.new("RGB", (64, 48), "white")) == 48
    assert said == []
    fb.close()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"depth": 8, "visual": 3, "fields": ((0, 8),) * 4}, "palette"),
        ({"depth": 16, "fields": ((10, 5), (5, 5), (0, 5), (15, 1))}, "16 bpp"),
        ({"depth": 32, "fields": ((20, 10), (10, 10), (0, 10), (0, 0))}, "32 bpp"),
        ({"depth": 32, "fields": ((17, 8), (9, 8), (1, 8), (0, 0))}, "RGB at 17"),
        ({"width": 0}, "0x48"),
        ({"memory": 100}, " > "),
    ],
)
def test_mode_we_cannot_draw_in_is_refused_with_what_to_do(
    tmp_path: Path, wrong: dict[str, object], words: str
) -> None:
    fake = FakeFramebuffer(tmp_path / "fb", **wrong)  # type: ignore[arg-type]  # fields by name
    with pytest.raises(UnusableFramebuffer, match=words) as refused:
        screen(fake).open()
    assert "video=" in str(refused.value)


def test_size_is_known_before_the_first_picture(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    fb = screen(fake)
    assert fb.size == (64, 48)
    assert fb.show(noise()) == 48
    fb.close()


def test_what_is_no_framebuffer_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=r"ioctl|Inappropriate"):
        Framebuffer(path=tmp_path / "file", probe=read_geometry).open()
    with pytest.raises(FileNotFoundError):
        _ = Framebuffer(tmp_path / "none").size


def test_vsync_is_not_insisted_on(tmp_path: Path) -> None:
    fake = FakeFramebuffer(tmp_path / "fb")
    fb = Framebuffer(path=fake.path, probe=fake.probe, vsync=True)
    assert fb.show(noise()) == 48
    fb.close()
