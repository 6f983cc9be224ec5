// ---
// id: sources.uncorroborated
// version: 1.0.0
// title: {en: Sources that nobody else supports, zh: 无人佐证的来源说法}
// question:
//   en: Which listings claim a source that no independent statement supports?
//   zh: 哪些信息所称的来源没有任何独立佐证？
// tags: [source, evidence]
// params:
//   org: {type: str, complete: Organisation.id, help: only this source}
//   min_age_days: {type: int, default: 30, min: 0, help: "least age of the text, up to the last post of the graph"}
//   since: {}
//   until: {}
// returns:
//   listing: {type: str, key: true, help: the earliest of the text}
//   org: {type: str, key: true}
//   kind: {type: str, key: true, help: what the source is said to be}
//   product: {type: str, key: true}
//   seller: {type: str, key: true}
//   age_days: {type: int}
//   supports: {type: int, help: other independent groups that name the source; empty where it cannot be assessed}
//   via_all_three: {type: int, help: further groups that only say a word for all operators (三网)}
//   assessable: {type: str, help: "yes, or why not"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// post: independence
// caveats:
//   - en: That nobody else claims a source makes it neither false nor true; copies of a text support nothing.
//     zh: 无人佐证既不说明为假也不说明为真；同一文本的转贴不构成佐证。
//   - en: With one collector independence cannot be assessed; an empty count is not 0.
//     zh: 仅有一个采集者时无法判断独立性；空值不等于 0。
// expect:
//   - params: {min_age_days: 0}
//     contains: [{org: "org:operator/cn/china_mobile", supports: null, assessable: "cannot be assessed: one collector"}]
//     lacks: [{supports: 0}]
//   - case: sources.one_collector
//     rows: 2
//     contains: [{assessable: "cannot be assessed: one collector"}]
//     lacks: [{supports: 0}]
//   - case: sources.reposts
//     rows: 3
//     contains:
//       - {seller: "account:telegram:s", supports: 0, via_all_three: 0, n_posts: 3, age_days: 59}
//   - case: sources.independent
//     params: {min_age_days: 0}
//     rows: 2
//     contains:
//       - {seller: "account:telegram:alone", org: "org:operator/cn/china_unicom", supports: 0, via_all_three: 1}
//     lacks: [{org: "org:operator/cn/china_mobile"}]
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
