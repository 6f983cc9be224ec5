// ---
// id: brokers.cross_product
// version: 1.0.0
// title: {en: Moves from one product family to another, zh: 由一类商品转向另一类}
// question:
//   en: Who moved from one family of products to another, and when?
//   zh: 谁从一类商品转向了另一类，何时转向？
// tags: [broker, product, time]
// params:
//   window_days: {type: int, default: 60, min: 1, max: 3660, help: days in a window}
//   min_clusters: {type: int, default: 2, min: 1, help: least texts of the family that leads a window}
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   from_family: {type: str, key: true}
//   to_family: {type: str, key: true}
//   date: {type: date, key: true, help: first day of the new family in the window that it leads}
//   n_posts: {type: int, help: posts of either family in the window that it leads}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: lowest of the listings}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: actor
// post: windows
// limit: 100
// caveats:
//   - en: A family leads a window by distinct texts, so reposts move nobody; a tie is no lead.
//     zh: 按不同文本数决定窗口内的主导类别，转贴不影响；并列不算主导。
//   - en: Windows of so many days begin with the first offer; one without offers is passed over.
//     zh: 窗口自首次供货起按天数划分，无供货的窗口略过。
// expect:
//   - case: brokers.families
//     rows: 1
//     contains: [{actor: "actor:x", from_family: stock, to_family: loan, date: 2021-05-09, n_clusters: 6}]
//   - {case: brokers.families, params: {window_days: 3660}, rows: 0}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing {polarity: 'offer'})
WHERE l.posted_at IS NOT NULL AND coalesce(l.voice, 'own') = 'own'
  AND l.confidence >= $min_confidence
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (l)-[:OFFERS]->(p:Product)
WHERE p.family IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH DISTINCT coalesce(x.id, a.id) AS actor, coalesce(x.name, a.name) AS name, p.family AS value, coalesce(t.id, po.id) AS cluster, l.posted_at AS seen,
     l.confidence AS confidence, po.id AS evidence
RETURN actor, name, value, cluster, seen, confidence, evidence
ORDER BY actor, seen, evidence, value
LIMIT $limit
