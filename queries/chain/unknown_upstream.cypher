// ---
// id: chain.unknown_upstream
// version: 1.0.0
// title: {en: Chains that stop at an unknown upline, zh: 止于不明上家的链条}
// question:
//   en: Which chains stop at an unidentified upline?
//   zh: 哪些链条止于身份不明的上家？
// tags: [chain, unknown]
// params:
//   since: {}
//   until: {}
//   min_confidence: {}
//   modality: {}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true, help: who is claimed to be supplied}
//   name: {type: str}
//   upline: {type: str, key: true, help: the unknown actor}
//   products: {type: "list[str]"}
//   quote: {type: "list[str]", help: masked first words of the posts}
//   last_contact: {type: datetime}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: highest of a tie}
//   evidence: {type: "list[str]"}
// limit: 100
// caveats:
//   - en: An unknown upline is a place kept free in the chain, and no person that was found.
//     zh: 不明上家只是链条中的占位，并非已查明的人。
//   - en: Two unknown uplines may be one and the same.
//     zh: 两个不明上家可能是同一人。
// expect:
//   - case: chain.upline
//     rows: 1
//     contains:
//       - actor: account:telegram:a
//         upline: actor:unknown
//         products: [product:stock_leads]
//         quote: [my upline delivers]
//         n_posts: 1
//   - {case: chain.upline, params: {modality: [observed]}, rows: 0}
// ---
MATCH (u:Actor {kind: 'unknown'})-[t:SUPPLIES]->(a:Account|Actor)
WHERE t.confidence >= $min_confidence AND t.modality IN $modality
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
  AND ($since IS NULL OR t.last_seen >= $since) AND ($until IS NULL OR t.first_seen < $until)
  AND NOT EXISTS { (u)<-[:FLOWS_TO]-(:Account|Actor) }
UNWIND CASE WHEN size(t.posts) = 0 THEN [''] ELSE t.posts END AS post
OPTIONAL MATCH (po:Post)
WHERE po.id = post
WITH u, a, t, po
ORDER BY po.posted_at, po.id, t.product, t.id
WITH u, a, collect(DISTINCT t.product) AS products, collect(DISTINCT po.id) AS posts,
     collect(DISTINCT po.excerpt) AS quotes, min(t.first_seen) AS first_seen,
     max(t.last_seen) AS last_seen, max(t.confidence) AS confidence
RETURN a.id AS actor, a.name AS name, u.id AS upline, products, quotes AS quote,
       last_seen AS last_contact, size(posts) AS n_posts, first_seen, last_seen, confidence,
       posts AS evidence
ORDER BY last_contact DESC, actor, upline
LIMIT $limit
