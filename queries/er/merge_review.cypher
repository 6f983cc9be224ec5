// ---
// id: er.merge_review
// version: 1.1.0
// title: {en: Open candidates by impact, zh: 待审候选(按影响)}
// question: {en: Which open candidates would change most if they were decided?, zh: 哪些待定候选一经判定影响最大？}
// tags: [identity, review]
// params:
//   top: {type: int, default: 50, min: 1, max: 1000, help: most rows}
//   score: {type: float, default: 0.3, min: 0, max: 1, help: least score}
// returns:
//   account_a: {type: str, key: true}
//   account_b: {type: str, key: true}
//   candidate: {type: str, help: both names}
//   score: {type: float, help: "a place in a ranking, not a probability"}
//   edges_moved: {type: int, help: relationships of the two accounts that an actor would gather}
//   queries_changed: {type: "list[str]", help: packs that count their listings or ties as those of two}
//   features: {type: "list[str]"}
//   counter: {type: "list[str]"}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// needs: [MAYBE_SAME]
// limit: 1000
// caveats:
//   - en: A candidate is a question to an analyst; nothing is merged by itself.
//     zh: 候选仅供分析员判断，绝不自动合并。
//   - en: The order is by what would change, not by how likely the candidate is.
//     zh: 排序依据影响大小，而非可能性高低。
// expect:
//   - params: {}
//     rows: 1
//     contains:
//       - {candidate: laojin_data / 老金, account_a: "account:forum:31017", account_b: "account:telegram:9900001017", score: 0.8}
//   - case: er.candidates
//     rows: 1
//     contains:
//       - {candidate: c / d, account_a: "account:telegram:c", edges_moved: 8, queries_changed: [chain, brokers]}
//     lacks: [{account_a: "account:telegram:a"}]
//   - case: er.crew
//     rows: 1
//     contains: [{account_a: "account:telegram:1", account_b: "account:telegram:2", queries_changed: [sources, market]}]
//   - {case: er.desk, rows: 0}
//   - {case: er.imitated, rows: 0}
//   - {case: er.nobody, rows: 0}
// ---
MATCH (a:Account)-[m:MAYBE_SAME]->(b:Account)
WHERE m.status = 'open' AND m.score >= $score
WITH a, b, m, COUNT { (a)--() } + COUNT { (b)--() } - 2 AS edges_moved,
     EXISTS { (a)-[:LISTED]->(:Listing) } AND EXISTS { (b)-[:LISTED]->(:Listing) } AS listed,
     EXISTS { (a)-[:FLOWS_TO]-() } AND EXISTS { (b)-[:FLOWS_TO]-() } AS tied
ORDER BY edges_moved DESC, m.score DESC, a.id, b.id
WITH collect({a: a, b: b, m: m, edges: edges_moved, listed: listed, tied: tied})[..$top] AS first
UNWIND first AS row
WITH row.a AS a, row.b AS b, row.m AS m, row.edges AS edges_moved, row.listed AS listed,
     row.tied AS tied
RETURN a.id AS account_a, b.id AS account_b, a.name + ' / ' + b.name AS candidate,
       m.score AS score, edges_moved, CASE WHEN tied THEN ['chain', 'brokers'] ELSE [] END
         + CASE WHEN listed THEN ['sources', 'market'] ELSE [] END AS queries_changed,
       coalesce(m.features, []) AS features, coalesce(m.counter, []) AS counter, m.n AS n_posts,
       m.first_seen AS first_seen, m.last_seen AS last_seen, m.confidence AS confidence,
       m.posts AS evidence
ORDER BY edges_moved DESC, score DESC, account_a, account_b
LIMIT $limit
