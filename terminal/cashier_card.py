"""The cashier's card (收银员速查卡): a return on one page of the slip printer's own paper.

Law of the file: the keys it names are those of the screens; a test compares them.
"""

from drivers.values import Key
from printer.slip import Align, Columns, Cut, Part, Rule, Size, Slip, Text
from terminal.core.words import Worded
from terminal.settings.values import Settings

_TITLE = Worded("退货 速查卡", "RETURNS AT A GLANCE")
STEPS = (
    Worded("1 扫小票。扫不出就输入号码。", "1 Scan the receipt, or type its number."),
    Worded("2 扫退回的商品，每扫一次加一件。", "2 Scan the goods; each scan adds one."),
    Worded("3 选原因，选成色。", "3 Choose the reason, then the condition."),
    Worded("4 核对金额，按确认，打印退货单。", "4 Check the amount, confirm: the slip prints."),
    Worded("5 请顾客扫码提交。", "5 The customer scans the code and submits."),
    Worded("6 付现金，按确认，打印结果单。", "6 Pay the cash, confirm: the result prints."),
)
SCREENS = {
    "Ready": Worded("首页", "start"),
    "ChoosingGoods": Worded("选商品", "goods"),
    "WaitingForCustomer": Worded("等顾客", "customer"),
}
KEYS = (  # the screen, the key, what for
    ("Ready", Key.F1, Worded("没有小票", "No receipt: find the sale")),
    ("Ready", Key.F5, Worded("打印退货政策", "Print the policy")),
    ("ChoosingGoods", Key.F1, Worded("全部退", "All of it")),
    ("WaitingForCustomer", Key.F2, Worded("没有手机：签字", "No phone: the customer signs")),
    ("WaitingForCustomer", Key.F3, Worded("补打一张", "Print a copy")),
    ("WaitingForCustomer", Key.F4, Worded("商品不符：重新验货", "Goods differ: inspect again")),
    ("WaitingForCustomer", Key.F1, Worded("先办下一位", "Next customer first")),
)
WHEN = (
    (
        Worded("断电了？", "Power cut?"),
        Worded("开机后回到原来那一步。", "It comes back to the same step."),
    ),
    (
        Worded("单子没打全？", "Slip not complete?"),
        Worded("屏幕会问，按屏幕说的做。", "The screen asks; do as it says."),
    ),
    (
        Worded("没有网络？", "No network?"),
        Worded("照常办理，记录会自动补传。", "Go on; records are sent later."),
    ),
    (
        Worded("需要店长？", "Manager needed?"),
        Worded("店长刷工牌，或输入工号和密码。", "Their badge, or number and PIN."),
    ),
)


def card(settings: Settings) -> Slip:
    """The card in the terminal's own language."""
    language = settings.language
    parts: list[Part] = [Text(_TITLE.say(language), Align.CENTRE, Size.LARGE, bold=True), Rule()]
    parts += [Text(one.say(language)) for one in STEPS]
    parts.append(Rule())
    for screen, key, what in KEYS:
        where = SCREENS[screen].say(language)
        parts.append(Columns(f"{where} {key.name}", what.say(language)))
    parts.append(Rule())
    for question, answer in WHEN:
        parts += [Text(question.say(language), bold=True), Text(answer.say(language))]
    return Slip((*parts, Cut()))
