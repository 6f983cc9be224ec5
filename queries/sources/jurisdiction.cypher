// ---
// id: sources.jurisdiction
// version: 1.0.0
// title: {en: Products about a jurisdiction, zh: 涉及某地区的商品}
// question: {en: "What is offered about a country, by whom and at what price?", zh: 涉及某国家或地区的有哪些商品，由谁以什么价格出售？}
// tags: [source, country, product]
// params:
//   iso: {type: str, required: true, complete: Jurisdiction.code, help: "two letters, as CN, or SEA"}
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   product: {type: str, key: true}
//   sellers: {type: "list[str]"}
//   qty: {type: "list[str]", help: quantities as written}
//   price: {type: "list[str]", help: "prices as written, in whatever currency"}
//   implied: {type: int, help: clusters that do not name the place and only imply it}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: A claimed quantity is no count of persons; a price stands as it was written and was not converted.
//     zh: 声称的数量不等于人数；价格照原文列出，未经换算。
// expect:
//   - params: {iso: CN}
//     contains: [{product: "product:stock_leads"}]
//   - case: sources.abroad
//     params: {iso: US}
//     rows: 1
//     contains:
//       - {product: "product:stock_leads", sellers: ["account:telegram:a", "account:telegram:b"], price: ["9毛", "$2/条"], qty: [5万条], implied: 1, n_posts: 3, n_clusters: 2}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:COVERS]->(j:Jurisdiction)
WHERE j.code = $iso
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (l)-[:OFFERS]->(p:Product)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (l)-[:QUOTES]->(q:PriceQuote)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH p, l, c, po, q, coalesce(x.id, a.id) AS seller, coalesce(t.id, po.id) AS cluster
ORDER BY seller, l.qty_raw, q.raw
WITH p, collect(DISTINCT seller) AS sellers, collect(DISTINCT l.qty_raw) AS qty,
     collect(DISTINCT q.raw) AS price,
     count(DISTINCT CASE WHEN NOT coalesce(c.implied, false) THEN cluster END) AS named,
     count(DISTINCT po.id) AS n_posts, count(DISTINCT cluster) AS n_clusters,
     min(l.posted_at) AS first_seen, max(l.posted_at) AS last_seen,
     max(c.confidence) AS confidence, collect(DISTINCT po.id) AS posts
RETURN p.id AS product, sellers, qty, price, n_clusters - named AS implied, n_posts, n_clusters,
       first_seen, last_seen, confidence, posts AS evidence
ORDER BY n_clusters DESC, product
LIMIT $limit
