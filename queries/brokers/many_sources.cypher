// ---
// id: brokers.many_sources
// version: 1.0.0
// title: {en: Sellers of many unrelated sources, zh: 声称多种无关来源的卖家}
// question:
//   en: Who claims at least so many unrelated sources?
//   zh: 谁声称拥有若干互不相关的数据来源？
// tags: [broker, source]
// params:
//   min_sources: {type: int, default: 4, min: 1, help: "least number of sectors, each a source of its own"}
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   sources: {type: "list[str]"}
//   sectors: {type: "list[str]"}
//   repost_share: {type: float, help: 1 - clusters / posts}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: actor
// limit: 100
// caveats:
//   - en: Many sources speak for a broker or a boaster, not for access to any of them.
//     zh: 来源众多说明可能是中间商或吹嘘者，并不说明真有渠道。
// expect:
//   - params: {min_sources: 2}
//     contains: [{actor: "account:telegram:9900001007", sectors: [banking, telecom]}]
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)
WHERE l.polarity IN ['offer', 'swap'] AND NOT coalesce(a.own, false)
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH l, coalesce(x, a) AS s
WHERE NOT $exclude_shared OR NOT coalesce(s.shared, false)
MATCH (l)-[c:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE o.sector IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
WITH s, l, c, o, po, t
ORDER BY o.id
WITH s, collect(DISTINCT o.id) AS sources, collect(DISTINCT o.sector) AS found,
     count(DISTINCT po.id) AS n_posts, count(DISTINCT coalesce(t.id, po.id)) AS n_clusters,
     min(l.posted_at) AS first_seen, max(l.posted_at) AS last_seen, max(c.confidence) AS confidence,
     collect(DISTINCT po.id) AS posts
WHERE size(found) >= $min_sources
UNWIND found AS sector
WITH s, sources, sector, n_posts, n_clusters, first_seen, last_seen, confidence, posts
ORDER BY sector
WITH s, sources, collect(sector) AS sectors, n_posts, n_clusters, first_seen, last_seen, confidence,
     posts
RETURN s.id AS actor, s.name AS name, sources, sectors,
       1.0 - toFloat(n_clusters) / n_posts AS repost_share, n_posts, n_clusters, first_seen,
       last_seen, confidence, posts AS evidence
ORDER BY size(sectors) DESC, size(sources) DESC, actor
LIMIT $limit
