// ---
// id: market.venue_overlap
// version: 1.0.0
// title: {en: Venues with sellers in common, zh: 场所之间的重合}
// question: {en: Which venues share sellers and texts?, zh: 哪些场所有相同的卖家与文本？}
// slow:
//   en: It compares every pair of venues by their sellers and texts.
//   zh: 须按卖家与文本逐对比较所有场所。
// tags: [market, venue]
// params:
//   min_shared: {type: int, default: 3, min: 1, help: least number of shared sellers or of shared texts}
//   exclude_shared: {}
// returns:
//   venue_a: {type: str, key: true}
//   name_a: {type: str}
//   venue_b: {type: str, key: true}
//   name_b: {type: str}
//   shared_sellers: {type: int}
//   shared_clusters: {type: int, help: texts that stand in both}
//   jaccard: {type: float, help: shared sellers of all sellers of the two}
//   n_posts: {type: int, help: posts with offers by the shared sellers or of the shared texts}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Sellers who advertise in both, not members; a text in both can be a copy by a stranger.
//     zh: 指在两处发布信息的卖家，而非成员；同文可能是他人转贴。
// expect:
//   - params: {min_shared: 1}
//     contains: [{shared_sellers: 1}]
//   - case: market.overlap
//     rows: 1
//     contains:
//       - {venue_a: "venue:telegram:u", venue_b: "venue:telegram:v", shared_sellers: 3, shared_clusters: 1, jaccard: 0.75}
//   - case: market.overlap
//     params: {min_shared: 1}
//     rows: 2
//     contains: [{venue_b: "venue:telegram:w", shared_sellers: 0, shared_clusters: 1, jaccard: 0.0}]
// ---
CALL () {
  MATCH (a:Account|Actor)-[:ADVERTISES_ON]->(v:Venue)
  WHERE NOT $exclude_shared OR NOT (coalesce(a.shared, false) OR coalesce(v.shared, false))
  OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
  RETURN coalesce(x.id, a.id) AS key, collect(DISTINCT v.id) AS venues, 1 AS sellers
  UNION ALL
  MATCH (s:Account|Actor)-[:LISTED]->(:Listing)-[:EXPRESSED_IN]->(po:Post)-[:IN_CLUSTER]->(t:TextCluster)
  WHERE NOT $exclude_shared OR NOT coalesce(s.shared, false)
  MATCH (po)-[:IN_VENUE]->(w:Venue)
  WHERE NOT $exclude_shared OR NOT coalesce(w.shared, false)
  RETURN t.id AS key, collect(DISTINCT w.id) AS venues, 0 AS sellers
}
WITH key, venues, sellers
WHERE size(venues) > 1
UNWIND venues AS one
UNWIND venues AS other
WITH key, sellers, one, other
WHERE one < other
WITH one, other, sum(sellers) AS shared_sellers, sum(1 - sellers) AS shared_clusters,
     collect(key) AS keys
WHERE shared_sellers >= $min_shared OR shared_clusters >= $min_shared
WITH one, other, shared_sellers, shared_clusters, keys
ORDER BY shared_sellers DESC, shared_clusters DESC, one, other
LIMIT $limit
MATCH (v1:Venue {id: one})
MATCH (v2:Venue {id: other})
CALL (one, other) {
  UNWIND [one, other] AS place
  MATCH (y:Venue {id: place})<-[:ADVERTISES_ON]-(b:Account|Actor)
  WHERE NOT $exclude_shared OR NOT coalesce(b.shared, false)
  OPTIONAL MATCH (b)-[:RESOLVED_TO]->(z:Actor)
  RETURN count(DISTINCT coalesce(z.id, b.id)) AS both
}
CALL (one, other, keys) {
  UNWIND keys AS key
  MATCH (k:TextCluster {id: key})<-[:IN_CLUSTER]-(e:Post)-[:IN_VENUE]->(g:Venue)
  WHERE g.id = one OR g.id = other
  MATCH (e)<-[:EXPRESSED_IN]-(m:Listing)<-[:LISTED]-(:Account|Actor)
  RETURN e.id AS post, m.posted_at AS at
  UNION
  UNWIND keys AS key
  MATCH (d:Account|Actor {id: key})-[:LISTED]->(m:Listing)-[:EXPRESSED_IN]->(e:Post)
  MATCH (e)-[:IN_VENUE]->(g:Venue)
  WHERE g.id = one OR g.id = other
  RETURN e.id AS post, m.posted_at AS at
  UNION
  UNWIND keys AS key
  MATCH (i:Actor {id: key})<-[:RESOLVED_TO]-(d:Account)-[:LISTED]->(m:Listing)
  MATCH (m)-[:EXPRESSED_IN]->(e:Post)-[:IN_VENUE]->(g:Venue)
  WHERE g.id = one OR g.id = other
  RETURN e.id AS post, m.posted_at AS at
  UNION
  RETURN null AS post, null AS at
}
WITH one, v1, other, v2, shared_sellers, shared_clusters, both, count(DISTINCT post) AS n_posts,
     min(at) AS first_seen, max(at) AS last_seen, collect(DISTINCT post) AS posts
RETURN one AS venue_a, v1.name AS name_a, other AS venue_b, v2.name AS name_b, shared_sellers,
       shared_clusters, CASE WHEN both > 0 THEN toFloat(shared_sellers) / both END AS jaccard,
       n_posts, first_seen, last_seen, posts AS evidence
ORDER BY shared_sellers DESC, shared_clusters DESC, venue_a, venue_b
LIMIT $limit
