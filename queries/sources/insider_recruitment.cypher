// ---
// id: sources.insider_recruitment
// version: 2.0.0
// title: {en: Recruitment of insiders, zh: 招募内鬼}
// question: {en: "Who recruits insiders, where, and for what reward?", zh: 谁在何处以什么报酬招募内鬼？}
// tags: [source, insider, recruitment]
// params:
//   sector: {type: str, complete: Organisation.sector, help: only this sector}
//   since: {}
//   until: {}
// returns:
//   poster: {type: str, key: true}
//   name: {type: str}
//   venue: {type: str, key: true}
//   target: {type: "list[str]", help: organisations and sectors that are named}
//   reward: {type: "list[str]", help: as written}
//   listings: {type: int}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: To be named as a target is not to have been reached.
//     zh: 被点名为目标不等于已被渗透。
// expect:
//   - params: {}
//     contains:
//       - {poster: "account:telegram:9900001001", venue: "venue:telegram:1990000101"}
//       - {poster: "account:telegram:9900001012", reward: [一张一块]}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing {polarity: 'recruit'})-[:SEEKS]->(r:Role {code: 'insider'})
WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)-[:IN_VENUE]->(v:Venue)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (l)-[:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
OPTIONAL MATCH (l)-[:COVERS]->(s:Sector)
OPTIONAL MATCH (l)-[:QUOTES]->(q:PriceQuote)
WITH a, l, v, po, t, o, s, q, coalesce(o.id, s.id) AS aim
WHERE $sector IS NULL OR o.sector = $sector OR s.code = $sector
WITH a, l, v, po, t, q, aim
ORDER BY aim, q.raw
RETURN a.id AS poster, a.name AS name, v.id AS venue, collect(DISTINCT aim) AS target,
       collect(DISTINCT q.raw) AS reward, count(DISTINCT l.id) AS listings,
       count(DISTINCT po.id) AS n_posts, count(DISTINCT coalesce(t.id, po.id)) AS n_clusters,
       min(l.posted_at) AS first_seen, max(l.posted_at) AS last_seen,
       max(l.confidence) AS confidence, collect(DISTINCT po.id) AS evidence
ORDER BY n_clusters DESC, poster, venue
LIMIT $limit
