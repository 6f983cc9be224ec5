// ---
// id: brokers.exclusive_breach
// version: 1.0.0
// title: {en: Exclusive offers seen again from another seller, zh: 独家货在他处再现}
// question:
//   en: Which offers that were claimed to be exclusive were seen again from another seller?
//   zh: 哪些声称独家的货，后来又由其他卖家发出？
// tags: [broker, exclusive, repost]
// params:
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   seller: {type: str, key: true, help: who claimed that it is exclusive}
//   seller_name: {type: str}
//   other: {type: str, key: true}
//   other_name: {type: str}
//   cluster: {type: str, key: true, help: the text family}
//   breach_at: {type: datetime, help: first time from the other}
//   lag_days: {type: int, help: days after the exclusive claim}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weaker reading}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: seller
// limit: 100
// caveats:
//   - en: The later seller may have copied the words and hold nothing; only the text is the same.
//     zh: 后来者可能只是抄录文案，并无其货；相同的只是文本。
//   - en: Forwards, copies with the first seller's contact, and accounts of one actor are no breach.
//     zh: 转发、带有原卖家联系方式的转贴、同一行为人的其他账号均不算。
// expect:
//   - case: brokers.exclusive
//     rows: 1
//     contains: [{seller: "actor:s", other: "account:telegram:thief", cluster: cluster:one, lag_days: 5, n_posts: 3}]
// ---
MATCH (l:Listing {exclusive: true})-[:EXPRESSED_IN]->(po:Post)-[:IN_CLUSTER]->(t:TextCluster)
WHERE l.polarity IN ['offer', 'swap'] AND coalesce(l.voice, 'own') = 'own'
  AND l.posted_at IS NOT NULL AND l.confidence >= $min_confidence
MATCH (a:Account|Actor)-[:LISTED]->(l)
WHERE NOT $exclude_shared OR NOT coalesce(a.shared, false)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
MATCH (t)<-[:IN_CLUSTER]-(qo:Post)<-[:EXPRESSED_IN]-(m:Listing)
WHERE m.polarity IN ['offer', 'swap'] AND coalesce(m.voice, 'own') = 'own'
  AND m.posted_at > l.posted_at AND m.confidence >= $min_confidence
  AND ($since IS NULL OR m.posted_at >= $since) AND ($until IS NULL OR m.posted_at < $until)
MATCH (b:Account|Actor)-[:LISTED]->(m)
WHERE a.id <> b.id AND (NOT $exclude_shared OR NOT coalesce(b.shared, false))
  AND NOT EXISTS { (qo)-[:FORWARDED_FROM]->(:Post) }
  AND NOT EXISTS {
    MATCH (a)-[:USES_CONTACT]->(c:Contact)<-[:USES_CONTACT]-(b)
    WHERE NOT coalesce(c.shared, false)
  }
  AND NOT EXISTS {
    MATCH (a)-[:USES_CONTACT]->(c:Contact)<-[h:GIVES_CONTACT]-(m)
    WHERE NOT coalesce(c.shared, false) AND h.owner = 'seller'
  }
  AND NOT EXISTS {
    MATCH (l)-[g:GIVES_CONTACT]->(c:Contact)<-[h:GIVES_CONTACT]-(m)
    WHERE NOT coalesce(c.shared, false) AND g.owner = 'seller' AND h.owner = 'seller'
  }
OPTIONAL MATCH (b)-[:RESOLVED_TO]->(y:Actor)
WITH l, m, po, qo, t, coalesce(x.id, a.id) AS seller, coalesce(x.name, a.name) AS seller_name,
     coalesce(y.id, b.id) AS other, coalesce(y.name, b.name) AS other_name
WHERE seller <> other
WITH seller, seller_name, other, other_name, t.id AS cluster, min(l.posted_at) AS first_seen,
     min(m.posted_at) AS breach_at, max(m.posted_at) AS last_seen,
     max(CASE WHEN l.confidence < m.confidence THEN l.confidence ELSE m.confidence END)
       AS confidence, collect(DISTINCT po.id) AS own, collect(DISTINCT qo.id) AS others
RETURN seller, seller_name, other, other_name, cluster, breach_at,
       duration.inDays(first_seen, breach_at).days AS lag_days, size(own) + size(others) AS n_posts,
       first_seen, last_seen, confidence, own + others AS evidence
ORDER BY breach_at, seller, other, cluster
LIMIT $limit
