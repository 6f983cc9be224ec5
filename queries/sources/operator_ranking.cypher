// ---
// id: sources.operator_ranking
// version: 1.0.0
// title: {en: Operators claimed as the point of extraction, zh: 被称为提取点的运营商排名}
// question:
//   en: Which operators are claimed most, and by whom?
//   zh: 哪些运营商最常被称为数据来源，由谁声称？
// tags: [source, operator]
// params:
//   country: {type: str, complete: Organisation.country, help: "two letters, as CN"}
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   operator: {type: str, key: true}
//   name: {type: str}
//   accounts: {type: int}
//   actors: {type: int, help: accounts that an analyst put together count once}
//   listings: {type: int}
//   via_all_three: {type: int, help: listings that name all operators by one word (三网)}
//   sellers: {type: "list[str]"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: A seller's word is a claim; no operator is said to have lost data.
//     zh: 卖家之言仅为声称，不代表该运营商确有数据外泄。
// expect:
//   - params: {country: CN}
//     rows: 3
//     contains: [{operator: "org:operator/cn/china_mobile"}, {operator: "org:operator/cn/china_unicom"}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)
WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (l)-[c:CLAIMS_SOURCE {kind: 'extraction_point'}]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE o.kind = 'operator' AND ($country IS NULL OR o.country = $country)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH a, l, c, o, po, t, coalesce(x.id, a.id) AS seller
ORDER BY seller, l.id
RETURN o.id AS operator, o.name AS name, count(DISTINCT a.id) AS accounts,
       count(DISTINCT seller) AS actors, count(DISTINCT l.id) AS listings,
       count(DISTINCT CASE WHEN c.expanded THEN l.id END) AS via_all_three,
       collect(DISTINCT seller) AS sellers, count(DISTINCT po.id) AS n_posts,
       count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first_seen,
       max(l.posted_at) AS last_seen, max(c.confidence) AS confidence,
       collect(DISTINCT po.id) AS evidence
ORDER BY actors DESC, n_clusters DESC, operator
LIMIT $limit
