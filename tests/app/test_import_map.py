"""A column map is sound, or all that is wrong with it is told."""

from pathlib import Path

import pytest

from terminal.interchange.csv_map import PRICES, load_map, maps_in
from terminal.settings import SettingsFault
from tests.app.sales_files import CONFIG, MAPS, copied_maps


@pytest.mark.parametrize("name", maps_in(MAPS))
def test_the_shipped_maps_are_sound(name: str) -> None:
    assert load_map(MAPS, name).columns


@pytest.mark.parametrize("name", maps_in(CONFIG / "prices"))
def test_the_shipped_maps_of_price_lists_are_sound(name: str) -> None:
    assert load_map(CONFIG / "prices", name, PRICES).columns
    with pytest.raises(SettingsFault, match="is no field"):
        load_map(CONFIG / "prices", name)


def test_every_fault_of_a_map_is_told_at_once(tmp_path: Path) -> None:
    folder = copied_maps(tmp_path, 'sku = "StockCode"', 'skuu = "StockCode"')
    path = folder / "online-retail.toml"
    path.write_text(path.read_text("utf-8").replace("Europe/London", "Mars/Olympus"), "utf-8")
    with pytest.raises(SettingsFault) as caught:
        load_map(folder, "online-retail")
    said = str(caught.value)
    assert "skuu" in said
    assert "lacks sku" in said
    assert "Mars/Olympus" in said
    with pytest.raises(SettingsFault, match="native, online-retail"):
        load_map(folder, "../terminal")
