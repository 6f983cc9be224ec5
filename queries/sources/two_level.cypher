// ---
// id: sources.two_level
// version: 2.0.0
// maturity: experimental
// title: {en: Users of an app taken at an operator, zh: 经运营商提取的应用用户数据}
// question:
//   en: Which listings name an app as the subject and an operator as the point of extraction?
//   zh: 哪些信息以某应用为对象、以运营商为提取点？
// tags: [source, app, operator]
// params:
//   since: {}
//   until: {}
// returns:
//   app: {type: str, key: true, help: the words of the listing where no company is recognised}
//   operator: {type: str, key: true}
//   method: {type: "list[str]"}
//   sellers: {type: "list[str]"}
//   listings: {type: int}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Every line is what sellers claim.
//     zh: 每一行均为卖家声称。
// ---
MATCH (l:Listing)-[c:CLAIMS_SOURCE {kind: 'data_subject_service'}]->(r:SourceRef)
WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:CLAIMS_SOURCE {kind: 'extraction_point'}]->(s:SourceRef)
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(o:Organisation)
OPTIONAL MATCH (s)-[:RESOLVES_TO]->(x:Organisation)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a:Account|Actor)-[:LISTED]->(l)
OPTIONAL MATCH (l)-[:CLAIMS_METHOD]->(m:AccessMethod)
WITH coalesce(o.id, r.text) AS app, coalesce(x.id, s.text) AS operator, l, c, po, t, a, m
ORDER BY m.code, a.id
RETURN app, operator, collect(DISTINCT m.code) AS method, collect(DISTINCT a.id) AS sellers,
       count(DISTINCT l.id) AS listings, count(DISTINCT po.id) AS n_posts,
       count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first_seen,
       max(l.posted_at) AS last_seen, max(c.confidence) AS confidence,
       collect(DISTINCT po.id) AS evidence
ORDER BY n_clusters DESC, app, operator
LIMIT $limit
