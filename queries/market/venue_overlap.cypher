// ---
// id: market.venue_overlap
// version: 1.0.0
// title: {en: Venues with sellers in common, zh: 场所之间的重合}
// question: {en: Which venues share sellers and texts?, zh: 哪些场所有相同的卖家与文本？}
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
// post: overlaps
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
MATCH (a:Account|Actor)-[:ADVERTISES_ON]->(v:Venue)
WHERE NOT $exclude_shared OR NOT (coalesce(a.shared, false) OR coalesce(v.shared, false))
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
RETURN v.id AS venue, v.name AS name, collect(DISTINCT coalesce(x.id, a.id)) AS sellers
ORDER BY venue
LIMIT $limit
