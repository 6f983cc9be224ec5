// ---
// id: sources.corroborated
// version: 1.0.0
// title: {en: Sources with independent support, zh: 有独立佐证的来源说法}
// question:
//   en: Which claimed sources have at least so many independent supports?
//   zh: 哪些来源说法至少有若干独立佐证？
// tags: [source, evidence]
// params:
//   n: {type: int, default: 2, min: 1, help: least number of independent groups}
//   org: {type: str, complete: Organisation.id, help: only this source}
//   since: {}
//   until: {}
// returns:
//   org: {type: str, key: true}
//   kind: {type: str, key: true, help: what the source is said to be}
//   product: {type: str, key: true}
//   supports: {type: int, help: independent groups that name the source; empty where it cannot be assessed}
//   via_all_three: {type: int, help: further groups that only say a word for all operators (三网)}
//   sellers: {type: "list[str]"}
//   assessable: {type: str, help: "yes, or why not"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// post: independence
// caveats:
//   - en: Support is counted in groups that are independent, not in posts or sellers; many can still repeat one rumour.
//     zh: 佐证按相互独立的组计数，而非帖子或卖家数；众口仍可能同出一源。
//   - en: With one collector independence cannot be assessed; such claims are listed where nothing else joins them.
//     zh: 仅有一个采集者时无法判断独立性；别无关联的说法仍予列出。
// expect:
//   - params: {}
//     contains: [{assessable: "cannot be assessed: one collector", supports: null}]
//   - case: sources.one_collector
//     rows: 1
//     contains: [{supports: null, assessable: "cannot be assessed: one collector"}]
//   - {case: sources.reposts, rows: 0}
//   - case: sources.independent
//     rows: 1
//     contains:
//       - {org: "org:operator/cn/china_mobile", supports: 2, via_all_three: 0, assessable: "yes"}
//   - case: sources.joined
//     rows: 0
// ---
OPTIONAL MATCH (z:Post)
WITH max(z.posted_at) AS latest
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
WHERE ($org IS NULL OR o.id = $org) AND NOT coalesce(a.own, false)
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:OFFERS]->(p:Product)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (po)-[:CAPTURED_AS]->(:File)-[:FROM_RUN]->(u:Run)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
WITH latest, l, o, c, p, a, x, po, t, u.collector AS collector
ORDER BY collector
WITH latest, l.id AS listing, o.id AS org, coalesce(c.kind, 'unknown') AS kind, p.id AS product, a.id AS account,
     coalesce(x.id, a.id) AS seller, coalesce(t.id, po.id) AS cluster, l.posted_at AS seen,
     collect(DISTINCT collector) AS collectors,
     min(CASE WHEN c.expanded THEN 1 ELSE 0 END) = 1 AS expanded, max(c.confidence) AS confidence,
     collect(DISTINCT po.id) AS posts
RETURN listing, org, kind, product, account, seller, cluster, collectors, expanded, latest, seen,
       confidence, posts AS evidence
ORDER BY org, kind, product, listing, account
LIMIT $limit
