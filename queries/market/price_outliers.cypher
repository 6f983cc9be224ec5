// ---
// id: market.price_outliers
// version: 1.0.0
// title: {en: Quotes far from the median, zh: 偏离中位数的报价}
// question: {en: Which quotes lie far from the median of their product?, zh: 哪些报价远离该商品的中位数？}
// tags: [market, price, quality]
// params:
//   mad: {type: float, default: 3.0, min: 0, help: least distance in median absolute deviations}
//   product: {type: str, complete: Product.id, help: only this product}
//   since: {}
//   until: {}
// returns:
//   listing: {type: str, key: true, help: the earliest of the text}
//   product: {type: str, key: true}
//   price: {type: float, key: true}
//   currency: {type: str, key: true}
//   per: {type: str, key: true}
//   robust_z: {type: float, help: "distance in MAD, below 0 under the median; empty where at least half of the quotes are equal"}
//   raw: {type: str, help: as written}
//   median: {type: float}
//   quotes: {type: int, help: "behind the median: one a cluster, seller and month"}
//   seller: {type: str, key: true}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// post: quantiles
// caveats:
//   - en: Bait, a reading error or another quality of goods; the quote is shown and not dropped.
//     zh: 可能是诱饵、识别错误或货物品质不同；仅列出，不剔除。
//   - en: Quotes are compared within one product, unit and currency; a price without a known rate is not converted.
//     zh: 仅在同一商品、单位与币种内比较；无已知汇率的价格不作折算。
// expect:
//   - params: {mad: 1.0}
//   - case: market.outliers
//     rows: 1
//     contains:
//       - {price: 90.0, currency: CNY, robust_z: 1790.0, raw: 90元/条, median: 0.5, quotes: 4, n_posts: 2}
//     lacks: [{currency: USD}]
//   - case: market.outliers
//     params: {mad: 1.0}
//     rows: 2
//     contains: [{price: 0.4, robust_z: -2.0}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[:OFFERS]->(p:Product)
WHERE ($product IS NULL OR p.id = $product) AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price'})
WHERE q.value IS NOT NULL AND q.per IS NOT NULL AND q.currency IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH p.id AS product, CASE WHEN q.value_cny IS NULL THEN q.currency ELSE 'CNY' END AS currency,
     q.per AS per, l.id AS listing, coalesce(x.id, a.id) AS seller,
     coalesce(t.id, po.id) AS cluster, left(toString(date(l.posted_at)), 7) AS month,
     coalesce(q.value_cny, q.value) AS value, coalesce(q.raw, '') AS raw, l.posted_at AS seen,
     l.confidence AS confidence, collect(DISTINCT po.id) AS posts
RETURN product, currency, per, listing, seller, cluster, month, value, raw, seen, confidence,
       posts AS evidence
ORDER BY product, currency, per, listing, seller, value, raw
LIMIT $limit
