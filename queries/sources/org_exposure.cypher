// ---
// id: sources.org_exposure
// version: 2.0.0
// title: {en: Everything claimed about an organisation, zh: 关于某机构的全部声称}
// question:
//   en: What is claimed to come from an organisation, by whom and at what price?
//   zh: 声称来自某机构的有哪些数据，由谁以什么价格出售？
// tags: [source, organisation]
// params:
//   org: {type: str, required: true, complete: Organisation.id, help: the organisation}
//   since: {}
//   until: {}
// returns:
//   product: {type: str, key: true, help: empty where the listing names none}
//   fields: {type: "list[str]"}
//   qty_claimed: {type: "list[str]", help: quantities as written}
//   price: {type: "list[str]", help: prices as written}
//   sellers: {type: "list[str]"}
//   listings: {type: int}
//   via_all_three: {type: int, help: listings that name all operators by one word (三网)}
//   grade: {type: str, help: source and information; E4 where a ruling against the seller was upheld}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: A seller's own claim is graded F6, or E4 after an upheld ruling against the seller; the grade is not raised by many sellers.
//     zh: 卖家自述评为 F6（已有成立裁定者为 E4）,声称者众多并不提高评级。
// expect:
//   - params: {org: "org:operator/cn/china_mobile"}
//     contains: [{product: "product:stock_leads", grade: F6}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE o.id = $org
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (l)-[:OFFERS|SEEKS]->(p:Product)
OPTIONAL MATCH (l)-[:HAS_FIELD]->(f:DataField)
OPTIONAL MATCH (l)-[:QUOTES]->(q:PriceQuote)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH coalesce(p.id, '') AS product, coalesce(x.id, a.id) AS seller, l, c, po, t, f, q,
     CASE WHEN EXISTS { (a)<-[:ACCUSES {outcome: 'upheld'}]-(:Account) } THEN 1 ELSE 0 END AS ruled
ORDER BY f.code, q.raw, l.qty_raw, seller
WITH product, collect(DISTINCT f.code) AS fields, collect(DISTINCT l.qty_raw) AS qty_claimed,
     collect(DISTINCT q.raw) AS price, collect(DISTINCT seller) AS sellers,
     count(DISTINCT l.id) AS listings,
     count(DISTINCT CASE WHEN c.expanded THEN l.id END) AS via_all_three, min(ruled) AS all_ruled,
     max(ruled) AS some_ruled, count(DISTINCT po.id) AS n_posts,
     count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first_seen,
     max(l.posted_at) AS last_seen, max(c.confidence) AS confidence,
     collect(DISTINCT po.id) AS posts
RETURN product, fields, qty_claimed, price, sellers, listings, via_all_three,
       CASE WHEN all_ruled = 1 THEN 'E4' WHEN some_ruled = 1 THEN 'E4, F6' ELSE 'F6' END AS grade,
       n_posts, n_clusters, first_seen, last_seen, confidence, posts AS evidence
ORDER BY n_clusters DESC, product
LIMIT $limit
