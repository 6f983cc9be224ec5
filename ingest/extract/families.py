"""What the people of a kind of organisation are sold as."""

from typing import Final

_GOODS_OF: Final = {
    "app/securities": "product/stock_leads",
    "app/crypto": "product/crypto_leads",
    "app/lending": "product/loan_leads",
    "app/parenting": "product/parenting_leads",
    "app/travel": "product/travel",
    "app/dating": "product/job_dating",
    "app/recruit": "product/job_dating",
    "app/education": "product/education",
    "app/health": "product/health_leads",
    "app/ecommerce": "product/ecom_orders",
    "app/social": "product/social_leads",
    "app/im": "product/social_leads",
    "app/auto": "product/lookup_movement",
    "app/housing": "product/business_contacts",
    "bank": "product/bank_finance",
    "courier": "product/courier_labels",
}


def goods_of(source: str) -> str | None:
    """What the people of a kind of service are sold as; None for one that may be anything."""
    family = "/".join(source.split("/")[1:3])
    return _GOODS_OF.get(family) or _GOODS_OF.get(family.split("/")[0])
