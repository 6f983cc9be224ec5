// ---
// id: market.escrow_usage
// version: 2.0.0
// title: {en: Use of escrow services, zh: 担保服务使用情况}
// question: {en: Which escrow services serve at least so many sellers?, zh: 哪些担保服务至少服务若干卖家？}
// tags: [market, escrow]
// params:
//   k: {type: int, default: 2, min: 1, help: least number of sellers}
//   since: {}
//   until: {}
// returns:
//   escrow: {type: str, key: true}
//   name: {type: str}
//   sellers: {type: int}
//   syndicates: {type: int}
//   listings: {type: int}
//   active_from: {type: date}
//   active_to: {type: date}
//   successor: {type: "list[str]"}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: To name a service is to accept it, not to have used it; shared services stand here on purpose.
//     zh: 提到某担保仅表示接受，不表示已使用；公共担保在此照列。
// expect:
//   - {params: {}, contains: [{escrow: "escrow:xinbi", sellers: 3}]}
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:ACCEPTS_ESCROW {named: true}]->(e:EscrowService)
WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(:Actor)-[:MEMBER_OF]->(s:Syndicate)
WITH e, count(DISTINCT coalesce(x.id, a.id)) AS sellers, count(DISTINCT s.id) AS syndicates,
     count(DISTINCT l.id) AS listings, count(DISTINCT po.id) AS n_posts,
     count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first_seen,
     max(l.posted_at) AS last_seen, max(c.confidence) AS confidence,
     collect(DISTINCT po.id) AS posts
WHERE sellers >= $k
OPTIONAL MATCH (e)-[:SUCCEEDED_BY*1..5]->(later:EscrowService)
WITH e, later, sellers, syndicates, listings, n_posts, n_clusters, first_seen, last_seen,
     confidence, posts
ORDER BY later.id
WITH e, collect(DISTINCT later.id) AS successor, sellers, syndicates, listings, n_posts,
     n_clusters, first_seen, last_seen, confidence, posts
RETURN e.id AS escrow, e.name AS name, sellers, syndicates, listings,
       e.active_from AS active_from, e.active_to AS active_to, successor, n_posts, n_clusters,
       first_seen, last_seen, confidence, posts AS evidence
ORDER BY sellers DESC, escrow
LIMIT $limit
