// ---
// id: sources.method_matrix
// version: 1.0.0
// title: {en: Sources against methods, zh: 来源与获取方式对照}
// question: {en: By which methods is data said to be taken from which source?, zh: 据称以何种方式从何处获取数据？}
// tags: [source, method]
// params:
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   org: {type: str, key: true}
//   method: {type: str, key: true}
//   clusters: {type: int}
//   via_all_three: {type: int, help: clusters that name all operators by one word (三网) and not this one}
//   sellers: {type: int}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// limit: 500
// caveats:
//   - en: A text that names two sources and two methods counts for each pair; it need not mean all of them.
//     zh: 同时提到多个来源与方式的文本对每一组合各计一次，未必都是其本意。
// expect:
//   - params: {}
//     contains: [{org: "org:operator/cn/china_mobile"}]
//   - case: sources.methods
//     rows: 3
//     contains:
//       - {org: "org:operator/cn/china_mobile", method: operator_dpi, clusters: 2, via_all_three: 1, n_posts: 3, sellers: 2}
//       - {org: "org:operator/cn/china_unicom", method: operator_dpi, clusters: 1, via_all_three: 1}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (l)-[:CLAIMS_METHOD]->(m:AccessMethod)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH o.id AS org, m.code AS method, coalesce(t.id, po.id) AS cluster,
     min(CASE WHEN c.expanded THEN 1 ELSE 0 END) AS expanded,
     collect(DISTINCT coalesce(x.id, a.id)) AS sellers, collect(DISTINCT po.id) AS posts,
     min(l.posted_at) AS first_seen, max(l.posted_at) AS last_seen, max(c.confidence) AS confidence
WITH org, method, count(cluster) AS clusters, sum(expanded) AS via_all_three,
     collect(sellers) AS grouped, collect(posts) AS found, min(first_seen) AS first_seen,
     max(last_seen) AS last_seen, max(confidence) AS confidence
UNWIND grouped AS group
UNWIND group AS seller
WITH org, method, clusters, via_all_three, found, first_seen, last_seen, confidence,
     count(DISTINCT seller) AS sellers
UNWIND found AS part
UNWIND part AS post
WITH org, method, clusters, via_all_three, sellers, first_seen, last_seen, confidence,
     collect(DISTINCT post) AS posts
RETURN org, method, clusters, via_all_three, sellers, size(posts) AS n_posts,
       clusters AS n_clusters, first_seen, last_seen, confidence, posts AS evidence
ORDER BY clusters DESC, org, method
LIMIT $limit
