"""The settings' file: its defaults are those in the code, and every fault is told at once."""

import re
import tomllib
from pathlib import Path

import pytest

from backoffice.settings import Settings, SettingsFault, read_settings

SHIPPED = Path("config/backoffice.toml")


def test_the_shipped_file_sets_nothing_and_its_comments_are_the_defaults(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    plain = read_settings(SHIPPED, {})
    assert plain == Settings("sqlite:////var/lib/returns-backoffice/office.db", plain.state_dir)
    said = re.sub(r"(?m)^#(\w+ = )", r"\1", text)
    assert len(tomllib.loads(said)) > 5
    file = tmp_path / "said.toml"
    file.write_text(said.replace("above = 20000", "# above"), "utf-8")
    assert read_settings(file, {}) == plain


def test_the_environment_goes_before_the_file() -> None:
    found = read_settings(SHIPPED, {"DATABASE_URL": "postgresql://office@/returns"})
    assert found.database_url == "postgresql://office@/returns"


def test_without_a_file_it_says_where_one_to_begin_with_is(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match=r"config/backoffice\.toml.*--config"):
        read_settings(tmp_path / "none.toml", {})


@pytest.mark.parametrize(
    "url", ["office.db", "mysql://office:secret@db/returns", "postgresql://office@db:x/returns"]
)
def test_an_address_of_no_database_is_told_without_what_is_secret_in_it(url: str) -> None:
    with pytest.raises(SettingsFault) as raised:
        read_settings(SHIPPED, {"DATABASE_URL": url})
    (told,) = raised.value.faults
    assert told.en.startswith("database.url: must be sqlite:///")
    assert "secret" not in f"{told}"


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        '[public]\nlisten = "here"\n[review]\nabove = -1\nkind = []\n[desk]\nhours = 0\n'
        "[retention]\nsales_days = 300\nhour = 24"
    )
    with pytest.raises(SettingsFault) as raised:
        read_settings(file, {})
    assert [one.en.split(":")[0] for one in raised.value.faults] == [
        "public.listen",
        "review.above",
        "retention.sales_days",
        "retention.hour",
        "desk.hours",
        "review.kind",
    ]
