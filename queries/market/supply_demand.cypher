// ---
// id: market.supply_demand
// version: 1.1.0
// title: {en: Offers against requests, zh: 供求对比}
// question: {en: How many offers and requests of a product are there a month?, zh: 各月某商品的出售与求购各有多少？}
// tags: [market, product, time]
// params:
//   product: {type: str, complete: Product.id, help: only this product}
//   since: {}
//   until: {}
// returns:
//   product: {type: str, key: true}
//   month: {type: str, key: true, help: by UTC}
//   offers: {type: int, help: clusters}
//   requests: {type: int, help: clusters}
//   ratio: {type: float, help: offers for each request}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// limit: 500
// caveats:
//   - en: Counted in clusters of near-duplicate posts, since copies are no supply.
//     zh: 按近似重复文本簇计数，转贴不算供给。
// expect:
//   - params: {product: "product:health_leads"}
//     contains: [{product: "product:health_leads", month: 2023-11}]
// ---
MATCH (l:Listing)-[x:OFFERS|SEEKS]->(p:Product)
WHERE ($product IS NULL OR p.id = $product) AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
WITH p.id AS product, left(toString(date(l.posted_at)), 7) AS month, l.posted_at AS at,
     type(x) AS kind, po.id AS post, coalesce(t.id, po.id) AS cluster
WITH product, month, count(DISTINCT CASE kind WHEN 'OFFERS' THEN cluster END) AS offers,
     count(DISTINCT CASE kind WHEN 'SEEKS' THEN cluster END) AS requests,
     count(DISTINCT post) AS n_posts, count(DISTINCT cluster) AS n_clusters, min(at) AS first_seen, max(at) AS last_seen,
     collect(DISTINCT post) AS posts
RETURN product, month, offers, requests,
       CASE WHEN requests > 0 THEN toFloat(offers) / requests END AS ratio, n_posts, n_clusters, first_seen,
       last_seen, posts AS evidence
ORDER BY product, month
LIMIT $limit
