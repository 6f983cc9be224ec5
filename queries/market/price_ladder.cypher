// ---
// id: market.price_ladder
// version: 1.0.0
// title: {en: Price by place in the chain, zh: 产业链各层价格}
// question: {en: What is asked for a product at each layer of the chain?, zh: 产业链各层对某商品要价多少？}
// tags: [market, price, chain]
// params:
//   product: {type: str, required: true, complete: Product.id, help: the product}
//   currency: {type: str, default: CNY, complete: PriceQuote.currency, help: only quotes in this currency}
//   per: {type: str, default: record, complete: PriceQuote.per, help: only quotes for this unit}
//   since: {}
//   until: {}
// returns:
//   layer: {type: int, key: true, help: of the role that the listing shows most}
//   median: {type: float}
//   p25: {type: float}
//   p75: {type: float}
//   markup: {type: float, help: "against the median of the nearest layer before, 0.5 is half as much again; empty off the chain"}
//   quotes: {type: int}
//   sellers: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// post: quantiles
// caveats:
//   - en: Asked prices of different sellers, not one item followed on its way; the role is what the listing shows.
//     zh: 为不同卖家的要价，并非同一货物逐层加价；角色仅据信息本身。
//   - en: One quote for each cluster, seller and month, the lowest; no other currency is converted.
//     zh: 每个文本簇、卖家、月份只计一次最低报价；不折算其他币种。
// expect:
//   - params: {product: "product:loan_leads"}
//     contains: [{markup: null}]
//   - case: market.ladder
//     params: {product: "product:stock_leads"}
//     rows: 3
//     contains:
//       - {layer: 1, median: 0.2, markup: null, quotes: 2, sellers: 2}
//       - {layer: 3, median: 0.5, markup: 1.5, quotes: 1}
//       - {layer: 6, median: 9.0, markup: null}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[:OFFERS]->(p:Product)
WHERE p.id = $product AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[h:HAS_ROLE]->(r:Role)
WHERE r.layer IS NOT NULL
WITH a, l, h, r
ORDER BY h.score DESC, r.code
WITH a, l, head(collect(r.layer)) AS layer
MATCH (l)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price'})
WHERE q.currency = $currency AND q.per = $per AND q.value IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH layer, left(toString(date(l.posted_at)), 7) AS month, coalesce(x.id, a.id) AS seller,
     coalesce(t.id, po.id) AS cluster, min(q.value) AS value, min(l.posted_at) AS seen,
     collect(DISTINCT po.id) AS posts
RETURN layer, value, seller, seen, posts AS evidence
ORDER BY layer, seller, cluster, month
LIMIT $limit
