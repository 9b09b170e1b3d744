"""What a shop sets: one commented TOML file (config/backoffice.toml), every fault told at once.

The file is named by --config or RETURNS_BACKOFFICE_CONFIG; DATABASE_URL goes before the file's url.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from backoffice.settings_reading import SettingsFault, Table, fault_of, unread
from backoffice.words import Worded

__all__ = [
    "Limits",
    "Listen",
    "Public",
    "Retention",
    "Review",
    "Settings",
    "SettingsFault",
    "Shop",
    "Terminals",
    "read_settings",
]


NO_FILE = (
    "没有该设置文件，可从 config/backoffice.toml 开始，或用 --config 指定",
    "there is no such file; begin with config/backoffice.toml, or name yours with --config",
)
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")
NO_DATABASE = (
    "须为 sqlite:///… 或 postgresql://… 地址（环境变量 DATABASE_URL 优先）",
    "must be sqlite:///... or postgresql://... (DATABASE_URL goes before it)",
)
NO_TEXT = ("不是 UTF-8 文字", "is not text in UTF-8")
_EXAMPLE = Worded("示例百货", "Example Store")


@dataclass(frozen=True)
class Shop:
    """Who speaks to the customer, and whom to ask."""

    name: Worded = _EXAMPLE
    phone: str = ""


@dataclass(frozen=True)
class Listen:
    """Where a side listens. Without a certificate it speaks plain HTTP, behind a proxy."""

    host: str
    port: int
    certificate: str = ""
    key: str = ""


@dataclass(frozen=True)
class Public:
    """The customers' and the office's side. `url` ends in a slash; `slip_url` is its QR form."""

    listen: Listen = Listen("127.0.0.1", 8080)
    url: str = "http://127.0.0.1:8080/"
    slip_url: str = "HTTP://127.0.0.1:8080/"
    proxies: tuple[str, ...] = ("127.0.0.1",)  # whose X-Forwarded-For is believed

    @property
    def https(self) -> bool:
        """Whether people reach it by TLS, whoever speaks it."""
        return self.url.startswith("https://")


@dataclass(frozen=True)
class Terminals:
    """The terminals' side: always TLS, with a certificate of our own CA for `names`."""

    listen: Listen = Listen("127.0.0.1", 8443)
    names: tuple[str, ...] = ("localhost", "127.0.0.1")
    spread_s: int = 60
    certificate_days: int = 365
    wait_max_s: int = 60  # how long a terminal may wait for the feed, whatever it asks for


@dataclass(frozen=True)
class Review:
    """Which submitted returns a person has to look at: above an amount, or of some kinds."""

    above: int | None = None  # minor units; None: no amount is looked at
    kinds: tuple[str, ...] = ("UNVERIFIED", "BLIND", "OFFLINE")

    def wanted(self, kind: str, refund: int) -> bool:
        return kind in self.kinds or (self.above is not None and refund > self.above)


@dataclass(frozen=True)
class Limits:
    """How much one stranger or one terminal may ask within a minute."""

    pages_per_minute: int = 240  # an address, of the customer's page: many phones may share one
    tries_per_minute: int = 10  # an address, wrong codes and passwords
    look_ups_per_minute: int = 120  # a terminal; certificates and keys are counted, too


@dataclass(frozen=True)
class Retention:
    """How long what is kept, in days; `hour` of this machine's day at which the old is erased."""

    personal_days: int = 400  # tails, payment numbers, serials, names, short codes, reasons
    sales_days: int = 1100  # sales of which nothing came back: three years and a little
    audit_days: int = 1100  # who did what at the desk
    hour: int = 3


@dataclass(frozen=True)
class Settings:
    """Everything. `rails` is the table of that name as it stands; the rails read it themselves."""

    database_url: str
    state_dir: Path  # the CA and the key of our hashes: to be backed up with the database
    shop: Shop = field(default_factory=Shop)
    public: Public = field(default_factory=Public)
    terminals: Terminals = field(default_factory=Terminals)
    review: Review = field(default_factory=Review)
    limits: Limits = field(default_factory=Limits)
    retention: Retention = field(default_factory=Retention)
    rails: Mapping[str, Any] = field(default_factory=dict)
    desk_hours: int = 8  # a session of the office's desk
    ops: Listen = Listen("127.0.0.1", 8081)  # health and figures, for this machine alone
    pos_tokens: tuple[str, ...] = ()  # sha256 (hex) of each token that may feed sales and prices


def read_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a file. Raises SettingsFault with everything that is wrong."""
    try:
        top = Table("", tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as fault:
        raise SettingsFault((fault_of(path, *NO_FILE),)) from fault
    except OSError as fault:
        raise SettingsFault((fault_of(path, *unread(fault)),)) from fault
    except UnicodeDecodeError as fault:
        raise SettingsFault((fault_of(path, *NO_TEXT),)) from fault
    except tomllib.TOMLDecodeError as fault:
        raise SettingsFault((fault_of(path, *_no_toml(fault)),)) from fault
    database, public, terminals = top.table("database"), top.table("public"), top.table("terminals")
    review, limits, desk = top.table("review"), top.table("limits"), top.table("desk")
    state_dir = Path(top.text("state_dir", "/var/lib/returns-backoffice"))
    url = database.text("url", f"sqlite:///{state_dir / 'office.db'}")
    url = environment.get("DATABASE_URL") or url
    if not _is_ours(url):
        database.fault("url", *NO_DATABASE)
    settings = Settings(
        database_url=url,
        state_dir=state_dir,
        shop=_shop(top.table("shop")),
        public=_public(public),
        terminals=_terminals(terminals),
        review=Review(review.whole_or_none("above"), review.texts("kinds", Review.kinds)),
        limits=Limits(
            limits.whole("pages_per_minute", Limits.pages_per_minute, 1),
            limits.whole("tries_per_minute", Limits.tries_per_minute, 1),
            limits.whole("look_ups_per_minute", Limits.look_ups_per_minute, 1),
        ),
        retention=_retention(top.table("retention")),
        rails=top.raw("rails"),
        desk_hours=desk.whole("hours", 8, 1),
        ops=_listen(top.table("operations"), Settings.ops),
        pos_tokens=_hashes(top.table("pos")),
    )
    top.close()
    return settings


def _is_ours(url: str) -> bool:
    try:
        return make_url(url).drivername in DATABASES
    except (ArgumentError, ValueError):
        return False


def _no_toml(fault: tomllib.TOMLDecodeError) -> Worded:
    """Python says what and where in English alone; the place is said in Chinese, too."""
    place = re.search(r"at line (\d+), column (\d+)", str(fault))
    where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
    return Worded(f"不是有效的 TOML，{where}有误", f"is not valid TOML: {fault}")


def _shop(table: Table) -> Shop:
    name, default = table.table("name"), Shop.name
    said = Worded(name.text("zh", default.zh), name.text("en", default.en))
    return Shop(said, table.text("phone", Shop.phone))


def _public(table: Table) -> Public:
    url = table.text("url", Public.url)
    if not url.startswith(("https://", "http://")) or not url.endswith("/"):
        table.fault(
            "url", "须以 https:// 开头、以 / 结尾", "must begin with https:// and end with /"
        )
    return Public(
        _listen(table, Public.listen),
        url,
        table.text("slip_url", url.upper()),
        table.texts("proxies", Public.proxies),
    )


def _terminals(table: Table) -> Terminals:
    return Terminals(
        _listen(table, Terminals.listen),
        table.texts("names", Terminals.names),
        table.whole("spread_s", Terminals.spread_s, 0),
        table.whole("certificate_days", Terminals.certificate_days, 1),
        table.whole("wait_max_s", Terminals.wait_max_s, 0),
    )


def _retention(table: Table) -> Retention:
    personal = table.whole("personal_days", Retention.personal_days, 1)
    sales = table.whole("sales_days", Retention.sales_days, 1)
    if sales < personal:
        table.fault("sales_days", "不得小于 personal_days", "must not be less than personal_days")
    hour = table.whole("hour", Retention.hour, 0)
    if hour > 23:
        table.fault("hour", "须为 0 至 23", "must be 0 to 23")
    return Retention(personal, sales, table.whole("audit_days", Retention.audit_days, 180), hour)


def _hashes(table: Table) -> tuple[str, ...]:
    found = table.texts("token_sha256", ())
    if any(re.fullmatch("[0-9a-f]{64}", one) is None for one in found):
        table.fault(
            "token_sha256",
            "每个须为 pos-token 打印的 64 位十六进制数",
            "must be 64 hex digits each, as pos-token prints them",
        )
    return found


def _listen(table: Table, default: Listen) -> Listen:
    text = table.text("listen", f"{default.host}:{default.port}")
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        table.fault("listen", "须为 主机:端口", "must be host:port")
        return default
    return Listen(host, int(port), table.text("certificate", ""), table.text("key", ""))
