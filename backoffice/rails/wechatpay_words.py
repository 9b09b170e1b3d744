"""What the office is told of a refund by WeChat Pay: what happened, and what to do now."""

from backoffice.words import Worded

CURRENCY = Worded(
    "微信支付原路退款只支持人民币，款项未动。请由门店另行退款。",
    "WeChat Pay gives back CNY only; nothing moved. Pay this refund by hand.",
)
TOO_LATE = Worded(
    "付款已超过一年，微信支付不再受理退款，款项未动。请由门店另行退款。",
    "The payment is more than a year old, and WeChat Pay takes no refund of it any more; nothing "
    "moved. Pay this refund by hand.",
)
TOO_MANY = Worded(
    "该笔付款已退款 50 次，微信支付不再受理，款项未动。请由门店另行退款。",
    "This payment was given back in 50 parts already, the most that WeChat Pay takes; nothing "
    "moved. Pay this refund by hand.",
)
CLOSED = Worded(
    "微信支付已关闭该退款，款项未退：出款账户余额不足超过七天。请充值后用新的退款单号重试。",
    "WeChat Pay closed this refund without paying: the account was short for more than seven "
    "days. Top it up, then ask again under a new number.",
)
ABNORMAL = Worded(
    "退款异常：顾客的银行卡已作废或冻结，款项在微信支付中间账户。请在商户平台“交易中心”处理，"
    "处理后系统会自动查到结果。",
    "The customer's bank card takes no money; WeChat Pay holds it. Handle this refund in the "
    "merchant platform (交易中心); its result is then found by itself.",
)
OTHER_REFUND = Worded(
    "微信支付登记的金额或付款与本退款不符，已停止。请在商户平台核对该退款单号。",
    "WeChat Pay knows this refund number with another amount or payment. Compare it in the "
    "merchant platform before anything else.",
)
UNSIGNED = Worded(
    "微信支付的应答没有有效签名，不予采信；稍后自动查询。若持续出现，请核对微信支付公钥与本机时间。",
    "The answer is not signed by WeChat Pay and was not believed; it is asked again by itself. If "
    "this stays, check the WeChat Pay public key and this machine's clock.",
)
UNREADABLE = Worded(
    "微信支付的应答无法识别，稍后自动查询。",
    "The answer of WeChat Pay could not be read; it is asked again by itself.",
)

FINAL = {
    "USER_ACCOUNT_ABNORMAL": Worded(
        "顾客的微信账户已注销，无法原路退款，款项未动。请由门店另行退款。",
        "The customer's account is closed, so the money cannot go back to it; nothing moved. Pay "
        "this refund by hand.",
    ),
    "TRADE_OVERDUE": TOO_LATE,
    "RESOURCE_NOT_EXISTS": Worded(
        "微信支付查无该笔付款，款项未动。请核对小票上的微信支付订单号，或由门店另行退款。",
        "WeChat Pay does not know this payment; nothing moved. Compare its number on the receipt, "
        "or pay this refund by hand.",
    ),
    "INVALID_REQUEST": Worded(
        "微信支付拒绝该退款：与付款不符，或已全部退完，款项未动。请在商户平台核对该笔付款。",
        "WeChat Pay refused: this does not fit the payment, or all of it went back before; nothing "
        "moved. Compare the payment in the merchant platform.",
    ),
}

MENDED = {
    "NOT_ENOUGH": Worded(
        "商户账户余额不足，款项未动。请充值；系统会用同一退款单号重试。",
        "The merchant account is short; nothing moved. Top it up: the same refund is asked again "
        "by itself.",
    ),
    "NO_AUTH": Worded(
        "商户号没有退款权限，款项未动。请在商户平台开通；系统会用同一退款单号重试。",
        "The merchant may not refund; nothing moved. Have that right granted in the merchant "
        "platform: the same refund is asked again by itself.",
    ),
}


def no_answer(why: str) -> Worded:
    return Worded(
        f"微信支付没有应答（{why}），结果未知；稍后自动查询，不会重复退款。",
        f"No answer from WeChat Pay ({why}), so the result is unknown; it is queried by itself and "
        "never paid twice.",
    )


def answered(code: str) -> Worded:
    return Worded(
        f"微信支付暂时无法处理（{code}）；稍后自动查询，不会重复退款。",
        f"WeChat Pay cannot say at present ({code}); it is queried by itself and never paid twice.",
    )


def refused(code: str) -> Worded:
    return Worded(
        f"微信支付拒绝该退款（{code}），款项未动。请核对设置与商户平台；系统会用同一退款单号重试。",
        f"WeChat Pay refused ({code}); nothing moved. Check the settings and the merchant "
        "platform: the same refund is asked again by itself.",
    )
