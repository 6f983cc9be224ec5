// ---
// id: sources.named_share
// version: 1.0.0
// title: {en: Share of sources with a name, zh: 可指名来源占比}
// question: {en: How many of the claimed sources name somebody?, zh: 所称来源中有多少指名道姓？}
// tags: [source, quality]
// params:
//   since: {}
//   until: {}
// returns:
//   venue: {type: str, key: true}
//   month: {type: str, key: true, help: by UTC}
//   claims: {type: int, help: different words for a source in different texts}
//   named: {type: int, help: claims of one organisation}
//   via_all_three: {type: int, help: claims of all operators by one word (三网); not in `named`}
//   percent_resolved: {type: float, help: "named, of all claims"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// limit: 500
// caveats:
//   - en: A vague source ("an operator", "inside") is no organisation. Copies of a text count once.
//     zh: 含糊的来源（“运营商”“内部”）不算机构。同一文本的转贴只计一次。
// expect:
//   - params: {}
//     contains: [{venue: "venue:telegram:1990000101", month: 2024-01}]
//   - case: sources.vague
//     rows: 1
//     contains:
//       - {venue: "venue:telegram:v", month: 2021-03, claims: 4, named: 1, via_all_three: 1, percent_resolved: 25.0, n_posts: 5}
// ---
MATCH (l:Listing)-[c:CLAIMS_SOURCE]->(r:SourceRef)
WHERE l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)-[:IN_VENUE]->(v:Venue)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
WITH v.id AS venue, left(toString(date(l.posted_at)), 7) AS month, r.text AS words,
     coalesce(t.id, po.id) AS cluster, po.id AS post, l.posted_at AS at, c,
     CASE WHEN NOT EXISTS { (r)-[:RESOLVES_TO]->(:Organisation) } THEN 0
       WHEN c.expanded THEN 1 ELSE 2 END AS how
WITH venue, month, words, cluster, max(how) AS how, collect(DISTINCT post) AS posts,
     min(at) AS first_seen, max(at) AS last_seen, max(c.confidence) AS confidence
WITH venue, month, count(words) AS claims, sum(CASE how WHEN 2 THEN 1 ELSE 0 END) AS named,
     sum(CASE how WHEN 1 THEN 1 ELSE 0 END) AS via_all_three,
     count(DISTINCT cluster) AS n_clusters, min(first_seen) AS first_seen,
     max(last_seen) AS last_seen, max(confidence) AS confidence, collect(posts) AS found
UNWIND found AS part
UNWIND part AS post
WITH venue, month, claims, named, via_all_three, n_clusters, first_seen, last_seen, confidence,
     collect(DISTINCT post) AS posts
RETURN venue, month, claims, named, via_all_three, CASE WHEN claims > 0 THEN 100.0 * named / claims END
       AS percent_resolved,
       size(posts) AS n_posts, n_clusters, first_seen, last_seen, confidence, posts AS evidence
ORDER BY venue, month
LIMIT $limit
