// ---
// id: market.price_per_record
// version: 2.0.0
// title: {en: Price a record over time, zh: 单条价格走势}
// question: {en: How does the price a record of a product move?, zh: 某商品的单条价格如何变化？}
// tags: [market, price, time]
// params:
//   product: {type: str, required: true, complete: Product.id, help: the product}
//   currency: {type: str, default: CNY, complete: PriceQuote.currency, help: only quotes in this currency}
//   since: {}
//   until: {}
// returns:
//   month: {type: str, key: true, help: by UTC}
//   quotes: {type: int}
//   median: {type: float}
//   p25: {type: float}
//   p75: {type: float}
//   sellers: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// post: quantiles
// caveats:
//   - en: One quote for each cluster, seller and month, the lowest; asked prices, not paid ones.
//     zh: 每个文本簇、卖家、月份只计一次最低报价；为要价而非成交价。
// expect:
//   - params: {product: "product:loan_leads"}
//     contains: [{month: 2024-01, quotes: 1, median: 0.53, sellers: 1}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[:OFFERS]->(p:Product)
WHERE p.id = $product AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price', per: 'record'})
WHERE q.currency = $currency AND q.value IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH left(toString(date(l.posted_at)), 7) AS month, coalesce(x.id, a.id) AS seller,
     coalesce(t.id, po.id) AS cluster, min(q.value) AS value, min(l.posted_at) AS seen,
     collect(DISTINCT po.id) AS posts
RETURN month, value, seller, seen, posts AS evidence
ORDER BY month, seller, cluster
LIMIT $limit
