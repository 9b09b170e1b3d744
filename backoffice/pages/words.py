"""The customer's sentences, in both languages: for somebody of seventy, on a small screen.

Law of the file: no code, no blame; what happened, what is safe, what to do. Nothing says refunded
of money that has not arrived.
"""

from dataclasses import dataclass

from backoffice.pages.opened import Closed
from backoffice.states import RefundState, State
from backoffice.words import Worded


@dataclass(frozen=True)
class Banner:
    """`tone` colours it: here, wait, done or stop; the words say the same without colour."""

    tone: str
    headline: Worded
    what: Worded


STANDING = {
    State.WAITING: Banner(
        "here",
        Worded("请核对商品和金额", "Please check goods and amount"),
        Worded(
            "如都正确，请按下面的按钮提交退货申请。",
            "If everything is right, press the button below to submit your return.",
        ),
    ),
    State.SUBMITTED: Banner(
        "wait",
        Worded("已提交，门店审核中", "Submitted: the shop is looking at it"),
        Worded(
            "您不用再做什么。请保留小票，稍后再看这一页。",
            "There is nothing more for you to do. Keep the slip and look here again later.",
        ),
    ),
    State.APPROVED: Banner(
        "done",
        Worded("门店已同意退货", "The shop has agreed"),
        Worded(
            "现金请在收银台领取；其余金额原路退回。",
            "Cash is paid out at the till; everything else goes back the way you paid.",
        ),
    ),
    State.DECLINED: Banner(
        "stop",
        Worded("这次退货没有通过", "The shop did not accept this return"),
        Worded(
            "商品仍归您所有。如有疑问，请带小票到店咨询。",
            "The goods remain yours. If you have questions, bring the slip to the shop.",
        ),
    ),
    State.CONFLICT: Banner(
        "wait",
        Worded("门店需要先核实", "The shop has to check something first"),
        Worded(
            "这张小票的商品可能已经退过。您的申请没有丢失，门店会处理；请保留小票。",
            "Goods of this receipt may have come back before. Your request is not lost: the shop "
            "will decide. Please keep the slip.",
        ),
    ),
    State.CONFIRMED: Banner(
        "wait",
        Worded("已确认，正在办理退款", "Confirmed: the refund is being made"),
        Worded("您不用再做什么。", "There is nothing more for you to do."),
    ),
    State.REFUNDING: Banner(
        "wait",
        Worded("退款处理中", "The refund is on its way"),
        Worded("下面写着每一笔退到哪里。", "Below you see where each part goes."),
    ),
    State.REFUNDED: Banner(
        "done",
        Worded("已退款", "Refunded"),
        Worded("全部金额已退回，退货已完成。", "All of it has been paid back. You are done."),
    ),
    State.PROBLEM: Banner(
        "stop",
        Worded("有一笔退款遇到问题", "One part of the refund met a problem"),
        Worded(
            "门店已经知道，正在处理，您的钱不会丢。如有疑问请联系门店。",
            "The shop knows and is working on it; your money is not lost. If in doubt, ask the "
            "shop.",
        ),
    ),
    State.VOIDED: Banner(
        "stop",
        Worded("这张退货单已作废", "This return was voided"),
        Worded(
            "没有退款。商品仍可重新办理退货。",
            "No money was paid back. The goods can be returned again.",
        ),
    ),
}

AGREED = Banner(  # where nothing of it is cash
    "done",
    Worded("门店已同意退货", "The shop has agreed"),
    Worded(
        "金额会原路退回，请稍候。您不用再做什么。",
        "The money goes back the way you paid. There is nothing more for you to do.",
    ),
)

REFUND = {
    RefundState.ACCEPTED: Worded("已受理", "accepted"),
    RefundState.PROCESSING: Worded("退款中", "on its way"),
    RefundState.SUCCESS: Worded("已退款", "refunded"),
    RefundState.ABNORMAL: Worded("处理中，遇到问题", "met a problem, being dealt with"),
    RefundState.CLOSED: Worded("未完成，门店处理中", "not paid yet, the shop is on it"),
}

CLOSED = {
    Closed.FORGED: Banner(
        "stop",
        Worded("这个二维码无法识别", "This code is not one of ours"),
        Worded(
            "可能没有扫完整。请再扫一次小票上的码，或输入短码；也可以请店员帮忙。",
            "Perhaps it was not read whole. Scan the code on the slip again, type its short code, "
            "or ask in the shop.",
        ),
    ),
    Closed.UNKNOWN: Banner(
        "stop",
        Worded("没有找到这个短码", "This short code was not found"),
        Worded(
            "请对照小票再输入一次。刚打印的小票可能要等几分钟才能查到。",
            "Please compare it with the slip and type it again. A slip printed just now may take a "
            "few minutes.",
        ),
    ),
    Closed.UNREPORTED: Banner(
        "wait",
        Worded("您的退货还在传送中", "Your return is still on its way to us"),
        Worded(
            "您的小票有效，请保留好。门店的网络可能暂时不通：请过几分钟再看，"
            "或在收银台签字确认，不用手机也能退货。",
            "Your slip is genuine: keep it. The shop may be without network for a while. Look "
            "again in a few minutes, or sign at the till: it works without a phone.",
        ),
    ),
    Closed.EXPIRED: Banner(
        "stop",
        Worded("这张小票已过有效期", "This slip is past its last day"),
        Worded(
            "没有退款。请带商品和原购物小票到店，可以重新办理。",
            "Nothing was paid back. Bring the goods and the original receipt: the shop can make a "
            "new one.",
        ),
    ),
}

TOO_MANY = Banner(
    "wait",
    Worded("请稍等一分钟", "Please wait a minute"),
    Worded("打开得太快了，没有丢失任何内容。", "That was too quick. Nothing is lost."),
)

CHANGED = Worded(
    "店员验货后，商品或金额有变化。请重新核对。",
    "The goods were inspected and something changed. Please check again.",
)

TENDERS = {
    "cash": Worded("现金", "Cash"),
    "wechat": Worded("微信支付", "WeChat Pay"),
    "alipay": Worded("支付宝", "Alipay"),
    "card": Worded("银行卡", "Card"),
    "credit": Worded("退货券", "Store credit"),
    "voucher": Worded("代金券", "Voucher"),
    "points": Worded("积分", "Points"),
}

LABELS = {
    "title": Worded("退货确认", "Your return"),
    "return": Worded("退货单号", "Return"),
    "goods": Worded("退货商品", "Goods"),
    "bought": Worded("换得商品", "New goods"),
    "fee": Worded("门店扣除", "Kept by the shop"),
    "refund": Worded("退款金额", "Refund"),
    "asked": Worded("申请的金额（不退款）", "What was asked for (not paid)"),
    "to_pay": Worded("需补差价", "To pay at the till"),
    "where": Worded("退到哪里", "Where it goes"),
    "arrived": Worded("实退", "arrived"),
    "policy": Worded("退货政策", "Return policy"),
    "version": Worded("版本", "version"),
    "until": Worded("有效期至", "Valid until"),
    "submit": Worded("核对无误，提交退货", "Everything is right: submit"),
    "reload": Worded("查看最新状态", "Show how it stands now"),
    "still": Worded("停止自动更新", "Stop updating"),
    "unstill": Worded("恢复自动更新", "Update by itself again"),
    "by_code": Worded("输入短码", "Type the short code"),
    "code": Worded("小票上的短码", "Short code on the slip"),
    "code_help": Worded(
        "在二维码下面，11 个字符，大小写和横线都不用管。",
        "Below the QR code, 11 characters; capitals and dashes do not matter.",
    ),
    "find": Worded("查看退货", "Find my return"),
    "reason": Worded("门店说明", "What the shop says"),
    "privacy": Worded("隐私说明", "Privacy"),
    "privacy_text": Worded(
        "本页只显示这次退货的商品和金额，不含姓名、手机号或完整卡号，也不使用 Cookie 和第三方内容。"
        "您按下提交的时间会记入这张退货单。",
        "This page shows the goods and amounts of this return alone: no name, phone or full card "
        "number, no cookies, nothing of third parties. When you submit, the time is kept with this "
        "return.",
    ),
    "ask": Worded("有疑问请联系门店", "Questions? Ask the shop"),
    "other": Worded("English", "中文"),
}
