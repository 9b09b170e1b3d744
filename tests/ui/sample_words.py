"""The words of the sample screens, in Chinese, English and the made-up language."""

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
    "Olive oil": "橄榄油",
    "Whole milk": "全脂牛奶",
    "Red apples": "红富士苹果",
    "Tissues": "抽纸",
    "Batteries": "电池",
    "Rice": "大米",
    "Noodles": "挂面",
    "Quality fault": "质量问题",
    "Damaged": "破损",
    "Expired": "过期",
    "Wrong article": "拿错／发错",
    "Not as described": "与描述不符",
    "Overcharged": "多收款",
    "Size or colour": "尺码颜色",
    "No reason given": "无理由",
    "Bought twice": "重复购买",
    "Allergy, safety": "过敏／安全",
    "Recall": "召回",
    "Cashier's mistake": "收银差错",
    "Other": "其他",
    "written off": "报损",
    "written off; needs a shift leader": "报损，须值班长",
    "with a note": "须备注",
    "Why does it come back?": "为什么退货？",
    "Unopened": "未拆封",
    "back to stock": "回库",
    "Opened": "已拆封",
    "written off; a photograph is needed and the shift leader signs": "报损；须拍照，值班长签字",
    "How do the goods look?": "商品成色如何？",
    "Sign on": "签到",
    "Good morning, {name}": "早上好，{name}",
    "Type your PIN": "请输入密码",
    "Four to eight digits": "四到八位数字",
    "type": "输入",
    "Type the receipt number": "输入小票号",
    "Receipt number": "小票号",
    "It stands under the bar code": "在条码下方",
    "Returns": "退货",
    "Scan the receipt": "请扫描小票",
    "or type its number": "或输入小票号",
    "search": "查找",
    "sign off": "签退",
    "The printer is unplugged. Plug it in; returns go on meanwhile.": (
        "打印机已断开，请插好；退货可以继续。"
    ),
    "This is not a receipt: {code}": "这不是小票：{code}",
    "Looking up the receipt": "正在查找小票",
    "Asking the shop office": "正在询问门店后台",
    "since 14:03:07": "自 14:03:07 起",
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
