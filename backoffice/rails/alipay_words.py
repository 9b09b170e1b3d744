"""What the office is told of a refund by Alipay: what happened, and what to do now."""

from backoffice.words import Worded

CURRENCY = Worded(
    "支付宝原路退款只支持人民币，款项未动。请由门店另行退款。",
    "Alipay gives back CNY only here; nothing moved. Pay this refund by hand.",
)
NO_CHANGE = Worded(
    "支付宝表示本次请求没有资金变动（可能之前已退）；稍后自动查询确认。",
    "Alipay says that this request moved nothing (it may have been paid before); it is queried by "
    "itself.",
)
BANK = Worded(
    "银行退回了该笔款项，未能退到顾客的银行卡。请在支付宝商家平台核对去向。",
    "The customer's bank sent the money back. See in Alipay's merchant platform where it is now.",
)
OTHER_REFUND = Worded(
    "支付宝登记的金额或付款与本退款不符，已停止。请在商家平台核对该退款请求号。",
    "Alipay knows this refund number with another amount or payment. Compare it in the merchant "
    "platform before anything else.",
)
UNSIGNED = Worded(
    "支付宝的应答没有有效签名，不予采信；稍后自动查询。若持续出现，请核对应用私钥、支付宝公钥与本机时间。",
    "The answer is not signed by Alipay and was not believed; it is asked again by itself. If this "
    "stays, check the application's key, Alipay's public key and this machine's clock.",
)
UNREADABLE = Worded(
    "支付宝的应答无法识别，稍后自动查询。",
    "The answer of Alipay could not be read; it is asked again by itself.",
)

_NOT_REFUNDABLE = Worded(
    "支付宝拒绝该退款：该笔付款的状态或期限不允许退款，款项未动。请由门店另行退款。",
    "Alipay refused: the state or the age of this payment allows no refund; nothing moved. Pay "
    "this refund by hand.",
)

FINAL = {
    "ACQ.TRADE_NOT_EXIST": Worded(
        "支付宝查无该笔付款，款项未动。请核对小票上的支付宝交易号，或由门店另行退款。",
        "Alipay does not know this payment; nothing moved. Compare its number on the receipt, or "
        "pay this refund by hand.",
    ),
    "ACQ.TRADE_HAS_FINISHED": _NOT_REFUNDABLE,
    "ACQ.TRADE_NOT_ALLOW_REFUND": _NOT_REFUNDABLE,
    "ACQ.TRADE_STATUS_ERROR": _NOT_REFUNDABLE,
    "ACQ.REASON_TRADE_REFUND_FEE_ERR": Worded(
        "支付宝拒绝该退款：金额超过该笔付款的可退余额，款项未动。请在商家平台核对该笔付款。",
        "Alipay refused: this is more than is left of the payment; nothing moved. Compare the "
        "payment in the merchant platform.",
    ),
}

MENDED = {
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": Worded(
        "商家账户余额不足，款项未动。请充值；系统会用同一退款请求号重试。",
        "The merchant account is short; nothing moved. Top it up: the same refund is asked again "
        "by itself.",
    ),
    "ACQ.REASON_TRADE_BEEN_FREEZEN": Worded(
        "该笔付款被冻结，款项未动。请联系支付宝；系统会用同一退款请求号重试。",
        "This payment is frozen; nothing moved. Ask Alipay: the same refund is asked again by "
        "itself.",
    ),
    "ACQ.DISCORDANT_REPEAT_REQUEST": OTHER_REFUND,
}


def no_answer(why: str) -> Worded:
    return Worded(
        f"支付宝没有应答（{why}），结果未知；稍后自动查询，不会重复退款。",
        f"No answer from Alipay ({why}), so the result is unknown; it is queried by itself and "
        "never paid twice.",
    )


def answered(code: str) -> Worded:
    return Worded(
        f"支付宝暂时无法处理（{code}）；稍后自动查询，不会重复退款。",
        f"Alipay cannot say at present ({code}); it is queried by itself and never paid twice.",
    )


def refused(code: str) -> Worded:
    return Worded(
        f"支付宝拒绝该退款（{code}），款项未动。请核对设置与商家平台；系统会用同一退款请求号重试。",
        f"Alipay refused ({code}); nothing moved. Check the settings and the merchant platform: "
        "the same refund is asked again by itself.",
    )
