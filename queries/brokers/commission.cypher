// ---
// id: brokers.commission
// version: 2.0.0
// title: {en: Commissions by product and venue, zh: 各商品与场所的佣金}
// question:
//   en: What commission is advertised, by product and venue?
//   zh: 各商品、各场所标榜的佣金是多少？
// tags: [broker, price]
// params:
//   product: {type: str, complete: Product.id, help: only this product}
//   since: {}
//   until: {}
// returns:
//   product: {type: str, key: true, help: empty where the listing names none}
//   venue: {type: str, key: true}
//   n: {type: int}
//   median_percent: {type: float}
//   p25: {type: float}
//   p75: {type: float}
//   sellers: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// post: quantiles
// limit: 200
// caveats:
//   - en: One quote for each cluster and seller; reposts do not move the median.
//     zh: 每个文本簇与卖家只计一次报价，转贴不影响中位数。
// expect:
//   - params: {product: "product:gambling_leads"}
//     contains: [{venue: "venue:telegram:1990000202", median_percent: 2.0, sellers: 1}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[:QUOTES]->(q:PriceQuote {kind: 'commission'})
WHERE q.value IS NOT NULL AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)-[:IN_VENUE]->(v:Venue)
OPTIONAL MATCH (l)-[:OFFERS|SEEKS]->(p:Product)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH coalesce(p.id, '') AS product, v.id AS venue, coalesce(x.id, a.id) AS seller,
     coalesce(t.id, po.id) AS cluster, min(q.value) AS value, min(l.posted_at) AS seen,
     collect(DISTINCT po.id) AS posts
WHERE $product IS NULL OR product = $product
RETURN product, venue, value, seller, seen, posts AS evidence
ORDER BY product, venue, seller, cluster
LIMIT $limit
