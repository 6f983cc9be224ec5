// ---
// id: qa.contradictions
// version: 1.0.0
// title: {en: Open contradictions, zh: 未解决的矛盾}
// question: {en: Which claims contradict each other and still stand?, zh: 哪些陈述互相矛盾且均未撤销？}
// tags: [quality, claim]
// returns:
//   claim_a: {type: str, key: true}
//   claim_b: {type: str, key: true}
//   says_a: {type: str}
//   says_b: {type: str}
//   since: {type: datetime, help: since when both stand}
//   owner: {type: "list[str]", help: who has to settle it}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: the lower of the two}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Both are claims; that one is older, or said more often, does not make it right.
//     zh: 两者均为陈述；更早或更常被提及并不意味着正确。
//   - en: To be asked to assist is no arrest; the measure of an event is what its source says, and no more.
//     zh: 被要求协助调查不等于被捕；措施以来源原文为准。
// expect:
//   - {params: {}, rows: 0}
//   - case: qa.contradicting
//     rows: 1
//     contains:
//       - {claim_a: "claim:arrested", claim_b: "claim:assists", owner: [li], n_posts: 2}
// ---
MATCH (x:Claim {status: 'active'})-[:CONTRADICTS]->(y:Claim {status: 'active'})
WITH DISTINCT CASE WHEN x.id < y.id THEN x ELSE y END AS a,
     CASE WHEN x.id < y.id THEN y ELSE x END AS b
WHERE a.id <> b.id
UNWIND [a.id, b.id] AS one
OPTIONAL MATCH (c:Claim {id: one})-[:SUPPORTED_BY]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
WITH a, b, one, count(DISTINCT po.id) AS n_posts, collect(DISTINCT coalesce(t.id, po.id)) AS texts,
     min(po.posted_at) AS first_seen, max(po.posted_at) AS last_seen,
     collect(DISTINCT po.id) AS posts
WITH a, b, max(coalesce(CASE one WHEN a.id THEN a.created_at ELSE b.created_at END, first_seen))
     AS since, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
     collect(posts) AS found, collect(texts) AS texts
UNWIND texts AS part
UNWIND CASE WHEN size(part) > 0 THEN part ELSE [null] END AS cluster
WITH a, b, since, first_seen, last_seen, found, count(DISTINCT cluster) AS n_clusters
UNWIND found AS part
UNWIND CASE WHEN size(part) > 0 THEN part ELSE [null] END AS post
WITH a, b, since, first_seen, last_seen, n_clusters, collect(DISTINCT post) AS posts
UNWIND [a.owner, b.owner] AS name
WITH a, b, since, first_seen, last_seen, n_clusters, posts, name
ORDER BY name
WITH a, b, since, first_seen, last_seen, n_clusters, posts, collect(DISTINCT name) AS owner
RETURN a.id AS claim_a, b.id AS claim_b, a.text AS says_a, b.text AS says_b, since, owner,
       size(posts) AS n_posts, n_clusters, first_seen, last_seen,
       CASE WHEN a.confidence < b.confidence THEN a.confidence ELSE b.confidence END AS confidence,
       posts AS evidence
ORDER BY since, claim_a, claim_b
LIMIT $limit
