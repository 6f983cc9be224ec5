// ---
// id: sources.claim_drift
// version: 1.0.0
// title: {en: One text with changing sources, zh: 同文异源}
// question: {en: Which texts are posted again with another source?, zh: 哪些文本再次发布时更换了来源？}
// tags: [source, copy]
// params:
//   min_claims: {type: int, default: 2, min: 2, help: least number of different claims}
//   since: {}
//   until: {}
// returns:
//   cluster: {type: str, key: true}
//   claim_timeline: {type: "list[str]", help: "each claim with its first and last day, by UTC, and its number of posts"}
//   claims: {type: int}
//   accounts: {type: "list[str]"}
//   first_text: {type: str, help: start of the first post}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Names of one organisation are one claim. Sellers fill in a common text; a change of source is no proof of a lie.
//     zh: 同一机构的不同叫法算作一种说法。卖家常套用模板，更换来源不能证明其造假。
// expect:
//   - case: sources.drift
//     rows: 1
//     contains:
//       - cluster: "cluster:drift"
//         claims: 2
//         accounts: ["account:telegram:a", "account:telegram:b"]
//         claim_timeline:
//           - "2021-03-01 to 2021-03-03: org:operator/cn/china_mobile (2 posts)"
//           - "2021-03-02 to 2021-03-02: org:operator/cn/china_unicom (1 posts)"
//         n_posts: 3
// ---
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[c:CLAIMS_SOURCE]->(r:SourceRef)
WHERE l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(o:Organisation)
WITH t, po, a.id AS account, coalesce(o.id, r.text) AS source, l.posted_at AS at,
     c.confidence AS confidence
ORDER BY source
WITH t, po, account, min(at) AS at, max(confidence) AS confidence,
     collect(DISTINCT source) AS sources
WITH t, po, account, at, confidence, reduce(text = '', s IN sources |
     CASE text WHEN '' THEN s ELSE text + ', ' + s END) AS claim
ORDER BY account, po.id
WITH t, claim, min(at) AS first_seen, max(at) AS last_seen, max(confidence) AS confidence,
     collect(DISTINCT account) AS accounts, collect(DISTINCT po.id) AS posts
ORDER BY first_seen, claim
WITH t, collect(toString(date(first_seen)) + ' to ' + toString(date(last_seen)) + ': ' + claim
     + ' (' + toString(size(posts)) + ' posts)') AS claim_timeline, count(claim) AS claims,
     min(first_seen) AS first_seen, max(last_seen) AS last_seen, max(confidence) AS confidence,
     collect(accounts) AS grouped, collect(posts) AS found
WHERE claims >= $min_claims
UNWIND grouped AS group
UNWIND group AS account
WITH DISTINCT t, claim_timeline, claims, first_seen, last_seen, confidence, found, account
ORDER BY account
WITH t, claim_timeline, claims, first_seen, last_seen, confidence, found,
     collect(account) AS accounts
OPTIONAL MATCH (f:Post {id: t.first_post})
RETURN t.id AS cluster, claim_timeline, claims, accounts, left(f.excerpt, 80) AS first_text,
       reduce(n = 0, part IN found | n + size(part)) AS n_posts, first_seen, last_seen, confidence,
       found AS evidence
ORDER BY claims DESC, n_posts DESC, cluster
LIMIT $limit
