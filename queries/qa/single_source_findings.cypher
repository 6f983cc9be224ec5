// ---
// id: qa.single_source_findings
// version: 1.0.0
// title: {en: Findings on one source, zh: 单一来源的结论}
// question: {en: Which findings rest on one text or on one collector?, zh: 哪些结论仅依赖同一文本或同一采集者？}
// tags: [quality, evidence]
// returns:
//   finding: {type: str, key: true}
//   name: {type: str}
//   cluster: {type: str, help: the one text behind it; empty where there are more}
//   collector: {type: str, help: the one collector; empty where there are more or none is stated}
//   supports: {type: int, help: texts behind it}
//   assessable: {type: str, help: "yes, or why not"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Copies of a text are one source, however many posted them. Findings through other claims count those claims' posts.
//     zh: 转贴再多也只是一个来源。经由其他陈述得出的结论，计入其所依据的帖子。
// expect:
//   - {params: {}, rows: 0}
//   - case: qa.findings
//     rows: 3
//     contains:
//       - {finding: "claim:copies", cluster: "cluster:one", collector: null, assessable: "yes", n_posts: 2, n_clusters: 1}
//       - {finding: "claim:collected", cluster: null, collector: c, n_clusters: 2}
//       - {finding: "claim:through", cluster: "cluster:one", n_posts: 1}
//     lacks: [{finding: "claim:good"}, {finding: "claim:said"}]
//   - case: qa.one_collector
//     rows: 1
//     contains: [{finding: "claim:f", assessable: "cannot be assessed: one collector", cluster: null}]
// ---
OPTIONAL MATCH (r:Run)
WITH count(DISTINCT r.collector) AS collectors
MATCH (f:Claim {layer: 'assessed'})-[:SUPPORTED_BY*1..4]->(po:Post)
WHERE f.status IS NULL OR f.status = 'active'
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (po)-[:CAPTURED_AS]->(:File)-[:FROM_RUN]->(u:Run)
WITH collectors, f, po, coalesce(t.id, po.id) AS cluster, u.collector AS collector
ORDER BY cluster, collector
WITH collectors, f, collect(DISTINCT cluster) AS clusters, collect(DISTINCT collector) AS found,
     collect(DISTINCT po.id) AS posts, min(po.posted_at) AS first_seen,
     max(po.posted_at) AS last_seen
WHERE size(clusters) = 1 OR size(found) < 2
RETURN f.id AS finding, f.name AS name,
       CASE WHEN size(clusters) = 1 THEN head(clusters) END AS cluster,
       CASE WHEN size(found) = 1 THEN head(found) END AS collector, size(clusters) AS supports,
       CASE WHEN collectors < 2 THEN 'cannot be assessed: one collector'
         WHEN size(found) = 0 THEN 'cannot be assessed: collector not stated'
         ELSE 'yes' END AS assessable,
       size(posts) AS n_posts, size(clusters) AS n_clusters, first_seen, last_seen,
       f.confidence AS confidence, posts AS evidence
ORDER BY n_clusters, finding
LIMIT $limit
