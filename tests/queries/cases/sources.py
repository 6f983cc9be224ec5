"""Cases of the pack `sources`."""

from graph import ids
from graph.build.draft import Ref
from tests.queries.cases import made
from tests.queries.cases.making import Making, When

MOBILE = "org/operator/cn/china_mobile"
UNICOM = "org/operator/cn/china_unicom"
TELECOM = "org/operator/cn/china_telecom"
BANK = "org/bank/cn/icbc"


def _named(
    case: Making,
    listing: Ref,
    canonical: str | None,
    words: str,
    *,
    kind: str = "extraction_point",
    expanded: bool = False,
) -> None:
    id_ = ids.source(listing.id, kind, 0, len(case.draft.of_label("SourceRef")))
    source = case.node("SourceRef", id_, words, text=words, resolved=canonical is not None)
    case.link("CLAIMS_SOURCE", listing, source, kind=kind, quote=words, expanded=expanded)
    if canonical is not None:
        case.link("RESOLVES_TO", source, case.organisation(canonical), basis="alias")


def _all_three(case: Making, listing: Ref) -> None:
    for canonical in (MOBILE, UNICOM, TELECOM):
        _named(case, listing, canonical, "三网", expanded=True)


def _said(
    case: Making, who: str, at: When, canonical: str, collector: str = "c", cluster: str = ""
) -> Ref:
    """A listing with a named source in a post that this collector collected."""
    account, file = case.account(who), case.file(collector, collector)
    post = case.post(account, at, file=file, cluster=cluster or f"text of {who}")
    listing = case.listing(account, at, post=post)
    _named(case, listing, canonical, canonical)
    return listing


@made
def one_collector(case: Making) -> None:
    """Two sellers say the same in their own words, and one person collected both."""
    _said(case, "a", 1, MOBILE)
    _said(case, "b", 2, MOBILE)
    case.post(None, 60)


@made
def reposts(case: Making) -> None:
    """Five posts of one text by three sellers, two collectors: one statement."""
    for at in (1, 2, 3):
        _said(case, "s", at, MOBILE, cluster="one")
    _said(case, "s2", 4, MOBILE, "d", cluster="one")
    _said(case, "s3", 5, MOBILE, "d", cluster="one")
    case.post(None, 60)


@made
def independent(case: Making) -> None:
    """a and b, two persons by decision, support each other; z says 三网, and `alone` stands so."""
    _said(case, "a", 1, MOBILE)
    _said(case, "b", 2, MOBILE, "d")
    a, b, z = case.accounts("a b z")
    case.link("MAYBE_SAME", a, b, score=0.9, status="different")
    case.contact("everybody", a, b, shared=True, shared_reason="many_accounts")
    _said(case, "alone", 3, UNICOM)
    post = case.post(z, 4, file=case.file("d", "d"))
    _all_three(case, case.listing(z, 4, post=post))


@made
def joined(case: Making) -> None:
    """Six pairs of sellers, each with two texts and two collectors, and something in common."""
    orgs = (MOBILE, UNICOM, TELECOM, BANK, "org/bank/cn/ccb", "org/bank/cn/abc")
    pairs = []
    for number, org in enumerate(orgs):
        _said(case, f"x{number}", 1, org, "c")
        _said(case, f"y{number}", 2, org, "d")
        pairs.append((case.account(f"x{number}"), case.account(f"y{number}")))
    case.contact("common", *pairs[0])
    case.link("MAYBE_SAME", pairs[1][0], pairs[1][1], score=0.8, status="open")
    case.flow(pairs[2][0], pairs[2][1])
    case.link("INTERACTS_WITH", pairs[3][1], pairs[3][0], 2, kind="forward")
    case.actor("both", *pairs[4])
    early, late = (case.post(account, at) for at, account in enumerate(pairs[5], 1))
    case.link("REPOST_OF", late, early, similarity=0.9, lag_s=60)


@made
def sectors(case: Making) -> None:
    """Three texts; the first stands three times and says 三网, the second names a bank too."""
    a = case.account("a")
    for at in (1, 2, 3):
        _all_three(case, case.listing(a, at, cluster="one"))
    second = case.listing(a, 4, cluster="two")
    _named(case, second, MOBILE, "移动")
    _named(case, second, BANK, "工行")
    _named(case, case.listing(a, 5, cluster="three"), BANK, "工行")
    _named(case, case.listing(a, 6, cluster="four"), None, "内部")


@made
def methods(case: Making) -> None:
    """China Mobile twice in one text, 三网 in another, both by interception at the operator."""
    a, b = case.accounts("a b")
    method = case.node("AccessMethod", "method:operator_dpi", code="operator_dpi")
    for at in (1, 2):
        listing = case.listing(a, at, cluster="one")
        _named(case, listing, MOBILE, "移动")
        case.link("CLAIMS_METHOD", listing, method, quote="抓取")
    listing = case.listing(b, 3, cluster="two")
    _all_three(case, listing)
    case.link("CLAIMS_METHOD", listing, method, quote="抓取")


@made
def drift(case: Making) -> None:
    """One text changes its source; others the word for it, or name two sources all the time."""
    a, b = case.accounts("a b")
    _named(case, case.listing(a, 1, cluster="drift"), MOBILE, "移动")
    _named(case, case.listing(a, 3, cluster="drift"), MOBILE, "中国移动")
    _named(case, case.listing(b, 2, cluster="drift"), UNICOM, "联通")
    for at in (1, 2):
        _all_three(case, case.listing(a, at, cluster="three"))
        two = case.listing(b, at, cluster="two")
        _named(case, two, MOBILE, "移动")
        _named(case, two, BANK, "工行")
    _named(case, case.listing(a, 1, cluster="word"), MOBILE, "移动")
    _named(case, case.listing(b, 2, cluster="word"), MOBILE, "移动公司")


@made
def abroad(case: Making) -> None:
    """a offers about the US twice in one text; b implies it and asks for dollars."""
    a, b = case.accounts("a b")
    us = case.node("Jurisdiction", "jurisdiction:US", code="US")
    for at in (1, 2):
        listing = case.listing(a, at, cluster="one", qty_raw="5万条")
        case.link("COVERS", listing, us, implied=False)
        case.price(listing, 0.9, raw="9毛")
    listing = case.listing(b, 3, cluster="two")
    case.link("COVERS", listing, us, implied=True)
    case.price(listing, 2.0, raw="$2/条", currency="USD", value_cny=None)
    wanted = case.listing(b, 4, polarity="request")
    case.link("COVERS", wanted, us)


@made
def vague(case: Making) -> None:
    """China Mobile twice in one text, 三网, and two words that name nobody."""
    a = case.account("a")
    for at in (1, 2):
        _named(case, case.listing(a, at, cluster="one"), MOBILE, "移动")
    _all_three(case, case.listing(a, 3))
    _named(case, case.listing(a, 4), None, "运营商")
    _named(case, case.listing(a, 5), None, "内部")
