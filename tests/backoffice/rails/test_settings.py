"""The `[rails]` table: every fault at once, and never a byte of a key."""

import re
from pathlib import Path
from typing import Any

import pytest

from backoffice.rails.alipay import Alipay
from backoffice.rails.manual import Manual
from backoffice.rails.settings import open_rails
from backoffice.rails.simulator import Simulator
from backoffice.rails.wechatpay import WeChatPay
from backoffice.settings_reading import SettingsFault
from tests.fakes.rail_keys import pair


@pytest.fixture
def table(tmp_path: Path) -> dict[str, Any]:
    """A shop with every rail."""
    for name, text in (
        ("shop.key", pair("shop").private_pem),
        ("rail.pem", pair("rail").public_pem),
    ):
        (tmp_path / name).write_bytes(text)
        (tmp_path / name).chmod(0o600)
    key, rail = str(tmp_path / "shop.key"), str(tmp_path / "rail.pem")
    return {
        "kinds": {"wechat": "wechatpay", "alipay": "alipay", "card": "manual"},
        "wechatpay": {
            "mchid": "1900000001",
            "serial_no": "5157F0",
            "key_file": key,
            "wechat_key_id": "PUB_KEY_ID_1",
            "wechat_key_file": rail,
        },
        "alipay": {"app_id": "2021", "key_file": key, "alipay_key_file": rail},
        "simulator": {"seed": 7, "delay_s": 3},
    }


def _faults(table: dict[str, Any]) -> list[str]:
    with pytest.raises(SettingsFault) as told:
        open_rails(table)
    for one in told.value.faults:
        where = one.en.partition(":")[0]
        assert one.zh.startswith(f"{where}：")
        assert re.search("[\u4e00-\u9fff]", one.zh), "it is said in Chinese"
    return [one.en for one in told.value.faults]


def test_a_shop_that_names_nothing_pays_by_hand() -> None:
    rails = open_rails({})
    assert {kind: rails.name_for(kind) for kind in ("wechat", "card")} == {
        "wechat": "manual",
        "card": "manual",
    }
    assert isinstance(rails.by_name["manual"], Manual)


def test_each_kind_goes_to_its_rail(table: dict[str, Any]) -> None:
    rails = open_rails(table)
    named = [
        rails.by_name[rails.name_for(kind)] for kind in ("wechat", "alipay", "card", "voucher")
    ]
    assert [type(one) for one in named] == [WeChatPay, Alipay, Manual, Manual]
    assert isinstance(rails.by_name["simulator"], Simulator)


def test_cash_goes_to_no_rail(table: dict[str, Any]) -> None:
    table["kinds"]["cash"] = "manual"
    assert _faults(table) == ["rails.kinds.cash: cash is paid at the drawer, never by a rail"]


def test_every_fault_is_told_at_once(table: dict[str, Any], tmp_path: Path) -> None:
    table["kinds"] = {"a": "paypal", "b": "simulator"}
    del table["simulator"], table["wechatpay"]["mchid"]
    table["wechatpay"]["key_file"] = str(tmp_path / "gone")
    table["wechatpay"]["url"] = "http://api.mch.weixin.qq.com"
    table["alipay"]["colour"] = "blue"
    assert _faults(table) == [
        "rails.wechatpay.mchid: is needed",
        f"rails.wechatpay.key_file: {tmp_path / 'gone'}: No such file or directory",
        "rails.wechatpay.url: http://api.mch.weixin.qq.com: an https:// address is needed",
        "rails.kinds.a: must be manual, wechatpay, alipay or simulator",
        "rails.kinds.b: needs the table [rails.simulator]",
        "rails.alipay.colour: is not known here",
    ]


def test_a_name_that_no_file_has_is_told_of(table: dict[str, Any]) -> None:
    table["alipay"]["key_file"] = "key\0"
    assert _faults(table) == ["rails.alipay.key_file: is no name of a file"]


@pytest.mark.parametrize("more", ["?", "?charset=utf-8", "#top"])
def test_an_address_names_no_query_as_each_call_has_its_own(
    table: dict[str, Any], more: str
) -> None:
    table["alipay"]["url"] = url = f"https://openapi.alipay.com/gateway.do{more}"
    assert _faults(table) == [f"rails.alipay.url: {url}: an address without ? and # is needed"]


def test_a_key_that_everybody_may_read_is_refused(table: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "shop.key").chmod(0o644)
    (first, second) = _faults(table)
    assert first.startswith("rails.wechatpay.key_file: ")
    assert "chmod o=" in first
    assert second.startswith("rails.alipay.key_file: ")


@pytest.mark.parametrize("text", [b"BEGIN secret", pair("shop").private_pem[:200]])
def test_a_key_that_is_broken_is_told_without_a_byte_of_it(
    table: dict[str, Any], tmp_path: Path, text: bytes
) -> None:
    (tmp_path / "shop.key").write_bytes(text)
    told = "\n".join(_faults(table))
    assert told.count("not an RSA private key") == 2
    for line in text.decode().splitlines():
        assert line not in told
