"""The four sketched screens and a screen of every other block, in any language of `words`."""

from terminal.ui.screen import (
    Amount,
    Column,
    Fact,
    Facts,
    Headline,
    Key,
    Light,
    Panel,
    Qr,
    Row,
    Screen,
    Sentences,
    Side,
    Table,
    Tone,
    Total,
)

PAYLOAD = (
    "https://shop.example/r/0571-03-000417?k=7K2M9Q4XCT&a=8054&s=mF3xk2LwTq9vRb7YpZs0Ha1NcE5dUo8J"
)

ZH = {
    "Return · receipt {n}": "退货 · 小票 {n}",
    "Scanner": "扫描枪",
    "Printer": "打印机",
    "Network": "网络",
    "Receipt": "小票",
    "Goods": "商品",
    "Reason": "原因",
    "Review": "审核",
    "Confirm": "确认",
    "Customer": "顾客",
    "Refund": "退款",
    "Scan the goods coming back, one scan adds one": "扫描要退的商品，每扫一次加一件",
    "20 Nov 2026, 14:03 · paid 115.54 by WeChat Pay and cash": (
        "2026-11-20 14:03 · 付 115.54 微信、现金"
    ),
    "Sold": "已购",
    "Returned": "已退",
    "Returnable": "可退",
    "Returning now": "本次退",
    "3 lines chosen": "已选 3 行",
    "Refund total": "退款合计",
    "choose a line": "选行",
    "change the quantity": "改数量",
    "return all": "全退",
    "next": "下一步",
    "back": "返回",
    "Enter": "确认",
    "Esc": "取消",
    "Confirm the refund": "确认退款金额",
    "This refund": "本次退款",
    "paid 115.54 = returned before 16.45 + now 80.54 + still returnable 18.55": (
        "原付 115.54 = 以前退 16.45 + 本次 80.54 + 还可退 18.55"
    ),
    "Refund to": "退回到",
    "WeChat Pay · the way it was paid": "微信支付 · 原路退回",
    "Cash": "现金",
    "Return policy, version 2026-10": "退货政策 2026-10 版",
    "Allowed": "允许",
    "Day 3 after the sale; seven days with the receipt.": "购买后第 3 天，七天内凭小票可退。",
    "Quality fault: goods go back to the supplier.": "质量问题，商品退供应商。",
    "print the return slip": "打印退货码",
    "change the goods": "改商品",
    "give up": "放弃",
    "The customer scans to confirm": "请顾客扫码确认",
    "Return slip": "退货单",
    "Amount": "金额",
    "Phone does not open it? Read out the short code": "手机打不开？读出短码",
    "Waiting for the customer": "等待顾客提交",
    "Return slip printed at 14:05": "已打印退货码小票 14:05",
    "no phone: sign instead": "顾客不用手机：签字办理",
    "reprint": "补打",
    "void the return": "作废退货",
    "The printer is out of paper": "打印机缺纸",
    "The return slip may not have printed whole": "退货码小票可能没有打完",
    "The return is saved. Nothing is lost and nothing is refunded twice.": (
        "退货已保存，不会丢失，也不会重复退款。"
    ),
    "Put in a new roll and close the cover": "装好新纸，合上盖子",
    "Look at the slip: is it whole, and can the QR code be read?": (
        "看看刚才的小票是否完整，二维码能否看清"
    ),
    "Whole: press Enter. Not whole: press F3, the new one is marked COPY.": (
        "完整按［确认］；不完整按 F3 重打（小票上会印“补打”）"
    ),
    "the slip is whole": "小票完整",
    "print again": "补打一张",
    "without a slip: sign": "不用小票，签字办理",
}


class Sample:
    """`zh_CN` by the table above, `en` as written, `xx` longer and accented."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, **values: object) -> str:
        if self.language == "zh_CN":
            text = ZH.get(text, text)
        if self.language == "xx":
            from terminal.ui.words import pseudo

            text = pseudo(text)
        return text.format(**values)


def lights(w: Sample, printer: Tone = Tone.GOOD, network: Tone = Tone.GOOD) -> tuple[Light, ...]:
    return (
        Light(w("Scanner"), Tone.GOOD),
        Light(w("Printer"), printer),
        Light(w("Network"), network),
    )


def steps(w: Sample) -> tuple[str, ...]:
    names = ("Receipt", "Goods", "Reason", "Review", "Confirm", "Customer", "Refund")
    return tuple(w(name) for name in names)


ROWS = (
    Row(("金龙鱼 大豆油 5L", "1", "0", "1", "1", "49.35"), marked=4),
    Row(("蒙牛 纯牛奶 250ml×12", "2", "1", "1", "1", "16.44"), marked=4),
    Row(("苹果 红富士 1.236 kg", "1.236", "0", "1.236", "0.412", "14.75"), marked=4),
    Row(("清风 抽纸 3包", "1", "1", "0", "—", ""), muted=True, marked=4),
)


def goods(w: Sample, rows: tuple[Row, ...] = ROWS, cursor: int = 0) -> Screen:
    columns = (
        Column(w("Goods"), 44),
        Column(w("Sold"), 10, right=True),
        Column(w("Returned"), 10, right=True),
        Column(w("Returnable"), 10, right=True),
        Column(w("Returning now"), 12, right=True),
        Column(w("Refund"), 14, right=True),
    )
    table = Table(
        columns,
        rows,
        cursor,
        w("Scan the goods coming back, one scan adds one"),
        w("20 Nov 2026, 14:03 · paid 115.54 by WeChat Pay and cash"),
    )
    return Screen(
        w("Return · receipt {n}", n="0571-03-20261120-1234"),
        (table, Total(w("3 lines chosen"), w("Refund total"), "￥ 80.54")),
        (
            Key("↑↓", w("choose a line")),
            Key("0–9", w("change the quantity")),
            Key("F1", w("return all")),
            Key(w("Enter"), w("next")),
            Key(w("Esc"), w("back")),
        ),
        steps(w),
        1,
        lights(w, network=Tone.WAITING),
        "14:03",
    )


def confirm(w: Sample) -> Screen:
    note = "paid 115.54 = returned before 16.45 + now 80.54 + still returnable 18.55"
    tenders = (
        Fact(w("WeChat Pay · the way it was paid"), "64.09"),
        Fact(w("Cash"), "16.45"),
    )
    policy = (
        Headline(w("Allowed"), Tone.GOOD),
        Sentences(
            (
                w("Day 3 after the sale; seven days with the receipt."),
                w("Quality fault: goods go back to the supplier."),
            )
        ),
    )
    side = Side(
        (Panel((Facts(tenders),), title=w("Refund to")),),
        (Panel(policy, Tone.GOOD, w("Return policy, version 2026-10")),),
    )
    return Screen(
        w("Confirm the refund"),
        (Amount(w("This refund"), "￥ 80.54", w(note)), side),
        (
            Key(w("Enter"), w("print the return slip")),
            Key("↑", w("change the goods")),
            Key(w("Esc"), w("give up")),
        ),
        steps(w),
        4,
        lights(w, network=Tone.WAITING),
        "14:03",
    )


def customer(w: Sample) -> Screen:
    facts = (
        Fact(w("Return slip"), "R-0571-03-000417", large=True),
        Fact(w("Amount"), "￥ 80.54", large=True),
        Fact(w("Phone does not open it? Read out the short code"), "7K2M9-Q4XCT", large=True),
    )
    waiting = (
        Headline(w("Waiting for the customer"), Tone.WAITING),
        Sentences((w("Return slip printed at 14:05"),), Tone.MUTED),
    )
    side = Side((Qr(PAYLOAD),), (Facts(facts, stacked=True), Panel(waiting, Tone.WAITING)), 42)
    return Screen(
        w("The customer scans to confirm"),
        (side,),
        (
            Key("F2", w("no phone: sign instead")),
            Key("F3", w("reprint")),
            Key(w("Esc"), w("void the return")),
        ),
        steps(w),
        5,
        lights(w),
        "14:03",
    )


def problem(w: Sample) -> Screen:
    todo = (
        w("Put in a new roll and close the cover"),
        w("Look at the slip: is it whole, and can the QR code be read?"),
    )
    safe = w("The return is saved. Nothing is lost and nothing is refunded twice.")
    keys = w("Whole: press Enter. Not whole: press F3, the new one is marked COPY.")
    blocks = (
        Headline(w("The return slip may not have printed whole"), Tone.STOP),
        Sentences((safe,), centred=True),
        Sentences(todo, numbered=True, centred=True),
        Sentences((keys,), Tone.MUTED, centred=True),
    )
    return Screen(
        w("The printer is out of paper"),
        (Panel(blocks, Tone.STOP),),
        (
            Key(w("Enter"), w("the slip is whole")),
            Key("F3", w("print again")),
            Key("F2", w("without a slip: sign")),
        ),
        steps(w),
        5,
        lights(w, printer=Tone.STOP),
        "14:03",
    )
