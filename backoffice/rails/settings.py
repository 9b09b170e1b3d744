"""The `[rails]` table of backoffice.toml: which tender goes back by which rail, with whose keys.

Law of the file: a key is in a file that the settings name, never in the settings, and no fault
told here shows a byte of it. Cash is paid at the drawer: no rail may be named for it.
"""

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from backoffice.rails.alipay import Alipay
from backoffice.rails.alipay_signing import Application
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.rails.manual import Manual
from backoffice.rails.rail import Rail
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.simulator import Simulator
from backoffice.rails.transport import check_address, exchange_with
from backoffice.rails.wechatpay import WeChatPay
from backoffice.rails.wechatpay_signing import Merchant
from backoffice.settings_reading import SettingsFault, Table, fault_of, unread
from backoffice.words import Unfit

WECHATPAY_URL = "https://api.mch.weixin.qq.com"
ALIPAY_URL = "https://openapi.alipay.com/gateway.do"
TIMEOUT_S = 20.0  # well within half a lease (backoffice/rails/book.py)

NO_RAIL = (
    "须为 manual、wechatpay、alipay 或 simulator",
    "must be manual, wechatpay, alipay or simulator",
)
EVERYBODYS = (
    "此密钥人人可读，请执行 chmod o= 收回",
    "everybody may read this key; chmod o= it",
)

Key = TypeVar("Key")


def open_rails(plain: Mapping[str, Any]) -> Rails:
    """The rails that the table names. Raises SettingsFault with everything that is wrong."""
    top = Table("rails.", plain)
    by_name: dict[str, Rail] = {MANUAL: Manual()}
    for name, opened in (("wechatpay", _wechatpay), ("alipay", _alipay), ("simulator", _simulator)):
        if name in plain:
            rail = opened(top.table(name))
            if rail is not None:
                by_name[name] = rail
    by_kind = dict(top.raw("kinds"))
    for kind, name in by_kind.items():
        if kind == "cash":
            top.fault(
                "kinds.cash",
                "现金由钱箱支付，不经任何渠道",
                "cash is paid at the drawer, never by a rail",
            )
        elif name not in (MANUAL, "wechatpay", "alipay", "simulator"):
            top.fault(f"kinds.{kind}", *NO_RAIL)
        elif name != MANUAL and name not in plain:
            top.fault(f"kinds.{kind}", f"需要表 [rails.{name}]", f"needs the table [rails.{name}]")
    top.close()
    return Rails(by_name, by_kind)


def _wechatpay(table: Table) -> Rail | None:
    mchid, serial_no = _needed(table, "mchid"), _needed(table, "serial_no")
    key = _key(table, "key_file", private_key, secret=True)
    key_id = _needed(table, "wechat_key_id")
    wechat_key = _key(table, "wechat_key_file", public_key)
    url, notify_url = _address(table, WECHATPAY_URL), table.text("notify_url", "")
    apiv3 = _key(table, "apiv3_key_file", _apiv3, secret=True) if notify_url else b""
    if key is None or wechat_key is None or apiv3 is None or not url:
        return None
    merchant = Merchant(mchid, serial_no, key, key_id, wechat_key, apiv3)
    return WeChatPay(merchant, exchange_with(url, TIMEOUT_S), notify_url)


def _alipay(table: Table) -> Rail | None:
    app_id = _needed(table, "app_id")
    key = _key(table, "key_file", private_key, secret=True)
    alipay_key = _key(table, "alipay_key_file", public_key)
    url = _address(table, ALIPAY_URL)
    if key is None or alipay_key is None or not url:
        return None
    return Alipay(Application(app_id, key, alipay_key), exchange_with(url, TIMEOUT_S))


def _simulator(table: Table) -> Rail | None:
    return Simulator(table.whole("seed", 0, 0), table.whole("delay_s", 20, 0) * 1000)


def _apiv3(text: bytes) -> bytes:
    """APIv3密钥: 32 characters. Raises Unfit."""
    if len(text.strip()) != 32:
        raise Unfit("不是 32 个字符的 APIv3 密钥", "not an APIv3 key of 32 characters")
    return text.strip()


def _needed(table: Table, key: str) -> str:
    found = table.text(key, "")
    if not found:
        table.fault(key, "必填", "is needed")
    return found


def _address(table: Table, default: str) -> str:
    url = table.text("url", default)
    try:
        return check_address(url)
    except Unfit as fault:
        table.fault("url", *fault.words)
        return ""


def _key(
    table: Table, key: str, read: Callable[[bytes], Key], *, secret: bool = False
) -> Key | None:
    name = _needed(table, key)
    if not name:
        return None
    try:
        path = Path(name)
        if secret and stat.S_IMODE(path.stat().st_mode) & stat.S_IROTH:
            table.fault(key, *fault_of(name, *EVERYBODYS))
            return None
        return read(path.read_bytes())
    except OSError as fault:
        table.fault(key, *fault_of(name, *unread(fault)))
    except Unfit as fault:
        table.fault(key, *fault_of(name, *fault.words))
    except ValueError:  # a NUL in it
        table.fault(key, "不是文件名", "is no name of a file")
    return None


__all__ = ["SettingsFault", "open_rails"]
