// ---
// id: sources.sector_mix
// version: 1.0.0
// title: {en: Claimed sectors by month, zh: 各月所称行业构成}
// question: {en: From which sectors is the data said to come?, zh: 各月所称数据来自哪些行业？}
// tags: [source, time]
// params:
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   month: {type: str, key: true, help: by UTC}
//   sector: {type: str, key: true}
//   clusters: {type: int}
//   share: {type: float, help: of the month's clusters that name a source; a text can name two sectors}
//   sellers: {type: int}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// limit: 500
// caveats:
//   - en: Only sources with a name have a sector; read sources.named_share beside it. Copies count once.
//     zh: 只有可指名的来源才有行业，请结合 sources.named_share 阅读。转贴只计一次。
// expect:
//   - params: {}
//     contains: [{sector: telecom}]
//   - case: sources.sectors
//     rows: 2
//     contains:
//       - {month: 2021-03, sector: telecom, clusters: 2, share: 0.666667, n_posts: 4}
//       - {month: 2021-03, sector: banking, clusters: 2, share: 0.666667}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE o.sector IS NOT NULL AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH left(toString(date(l.posted_at)), 7) AS month, o.sector AS sector, po.id AS post,
     coalesce(t.id, po.id) AS cluster, coalesce(x.id, a.id) AS seller, l.posted_at AS at,
     c.confidence AS confidence
WITH month, collect({sector: sector, post: post, cluster: cluster, seller: seller, at: at,
     confidence: confidence}) AS said, count(DISTINCT cluster) AS everything
UNWIND said AS s
WITH month, everything, s.sector AS sector, s.post AS post, s.cluster AS cluster,
     s.seller AS seller, s.at AS at, s.confidence AS confidence
WITH month, everything, sector, count(DISTINCT cluster) AS clusters,
     count(DISTINCT seller) AS sellers, count(DISTINCT post) AS n_posts, min(at) AS first_seen,
     max(at) AS last_seen, max(confidence) AS confidence, collect(DISTINCT post) AS posts
RETURN month, sector, clusters, toFloat(clusters) / everything AS share, sellers, n_posts,
       clusters AS n_clusters, first_seen, last_seen, confidence, posts AS evidence
ORDER BY month, clusters DESC, sector
LIMIT $limit
