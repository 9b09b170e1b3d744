"""A process that takes one refund one step further, to be killed.

python -m tests.backoffice.rails.one_step DATABASE PLACE URL
"""

import sys
from pathlib import Path

from backoffice.office import Office
from backoffice.rails.chosen import Rails
from backoffice.rails.manual import Manual
from backoffice.rails.signing import private_key, public_key
from backoffice.rails.transport import exchange_with
from backoffice.rails.wechatpay import WeChatPay
from backoffice.rails.wechatpay_signing import Merchant
from backoffice.rails.worker import Worker
from backoffice.settings import Settings
from tests.fakes.wechatpay import KEY_ID, MCHID, SERIAL


def rails(url: str, place: Path) -> Rails:
    """WeChat Pay at `url`, with the keys that lie in `place`."""
    shop = private_key((place / "shop.key").read_bytes())
    wechat = public_key((place / "rail.pem").read_bytes())
    rail = WeChatPay(Merchant(MCHID, SERIAL, shop, KEY_ID, wechat), exchange_with(url, 5.0))
    return Rails({"wechatpay": rail, "manual": Manual()}, {"wechat": "wechatpay"})


if __name__ == "__main__":
    database, place, url = sys.argv[1:]
    office = Office(Settings(database_url=database, state_dir=Path(place)))
    Worker(office, rails(url, Path(place))).run_once()
