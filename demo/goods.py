"""The goods of the corpus: lexicon id, trade words, price in hundredths of a yuan a record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """One kind of goods."""

    key: str
    product: str
    words: tuple[str, ...]
    fen: int
    unit: str = "条"


GOODS = {
    goods.key: goods
    for goods in (
        Goods("stock", "product:stock_leads", ("股民料", "股民数据", "GM料", "股民"), 120),
        Goods("gambling", "product:gambling_leads", ("棋牌料", "菠菜料", "QP料", "棋牌玩家"), 60),
        Goods("loan", "product:loan_leads", ("网贷料", "WD料", "贷款料", "网贷意向"), 45),
        Goods("parenting", "product:parenting_leads", ("母婴料", "宝妈料", "孕妈料", "宝妈"), 90),
        Goods("health", "product:health_leads", ("保健品料", "三高料", "体检数据", "保健品"), 70),
        Goods("courier", "product:courier_labels", ("面单", "快递面单", "KD料", "面D"), 320),
        Goods("ecom", "product:ecom_orders", ("网购料", "电商料", "订单数据", "店铺订单"), 150),
        Goods("bank", "product:bank_finance", ("银行料", "信用卡料", "存款料"), 260),
        Goods("travel", "product:travel", ("机票料", "航旅料", "出行料"), 400),
        Goods("business", "product:business_contacts", ("法人料", "企业料", "老板料"), 20),
        Goods("usleads", "product:citizen_db_foreign",
              ("US consumer leads", "USA citizen data", "US leads"), 8),
        Goods("crypto", "product:crypto_leads",
              ("crypto trader data", "crypto leads", "exchange user data"), 30),
        Goods("smsspam", "service:sms_spam", ("短信群发", "群发通道", "106通道"), 6),
        Goods("smsserver", "service:sms_server", ("短信服务器", "群发服务器"), 0, "套"),
        Goods("premium", "service:premium_numbers", ("SP号", "SP业务", "增值服务号码"), 0, "个"),
        Goods("simfarm", "service:sim_farm", ("猫池", "16口猫池", "GSM猫池"), 0, "台"),
        Goods("ddos", "service:ddos", ("DDOS", "打流量", "D单"), 0, "小时"),
        Goods("rat", "service:rat", ("远控", "免杀远控"), 0, "套"),
        Goods("gumin", "product:stock_leads", ("股民资料", "股民电话"), 30),
        Goods("otp", "service:otp_reception", ("接码", "实卡接码"), 45, "条"),
        Goods("laundry", "service:laundering", ("跑分", "代收代付"), 0, "单"),
        Goods("kits", "service:mule_kits", ("四件套", "对公账户"), 0, "套"),
        Goods("traffic", "service:traffic", ("引流", "精准引流"), 0, "个"),
        Goods("site", "service:site_build", ("源码", "包网"), 0, "套"),
        Goods("scan", "service:number_scan", ("筛号", "空号检测"), 3, "条"),
        Goods("penetration", "product:pentest_feed", ("渗透料", "后台数据"), 150),
        Goods("accounts", "service:account_sale", ("TG老号", "飞机号"), 0, "个"),
        Goods("hosts", "service:compromised_hosts", ("肉鸡", "流量肉鸡"), 0, "台"),
    )
}  # fmt: skip
