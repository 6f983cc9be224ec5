// ---
// id: er.sockpuppets
// version: 1.0.0
// title: {en: Candidate sockpuppets, zh: 疑似马甲}
// question: {en: Which accounts may belong to one person?, zh: 哪些账号可能属于同一人？}
// tags: [identity]
// params:
//   score: {type: float, default: 0.7, min: 0, max: 1, help: least score}
//   exclude_shared: {}
// returns:
//   account_a: {type: str, key: true}
//   account_b: {type: str, key: true}
//   pair: {type: str, help: both names}
//   score: {type: float, help: "a place in a ranking, not a probability"}
//   features: {type: "list[str]", help: what speaks for it}
//   counter: {type: "list[str]", help: what speaks against it}
//   status: {type: str}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// needs: [MAYBE_SAME]
// caveats:
//   - en: A candidate is a question to an analyst; nothing is merged by itself.
//     zh: 候选仅供分析员判断，绝不自动合并。
//   - en: Read the counter-evidence; a crew and its copies look like one person.
//     zh: 请阅读反证；团伙与抄袭者也会看似一人。
// expect:
//   - params: {}
//     rows: 1
//     contains:
//       - {account_a: "account:forum:31017", account_b: "account:telegram:9900001017", score: 0.8, features: [both give telegram demo_laojin], counter: [], status: open, n_posts: 19}
//   - case: er.candidates
//     rows: 1
//     contains:
//       - {account_a: "account:telegram:a", account_b: "account:telegram:b", pair: a / b, score: 0.9, features: [contact], counter: [hours], status: unsure, n_posts: 2}
//   - {case: er.candidates, params: {score: 0.5}, rows: 2}
//   - case: er.crew
//     params: {score: 0.6}
//     rows: 1
//     contains:
//       - {account_a: "account:telegram:1", account_b: "account:telegram:2", score: 0.6, features: ["both post one advert with wechat demo_one, by turns"], counter: [], status: open}
//   - {case: er.recycled, rows: 0}
//   - {case: er.desk, params: {score: 0.0}, rows: 0}
//   - {case: er.imitated, rows: 0}
//   - {case: er.nobody, rows: 0}
// ---
MATCH (a:Account)-[m:MAYBE_SAME]->(b:Account)
WHERE m.score >= $score
  AND (NOT $exclude_shared OR NOT (coalesce(a.shared, false) OR coalesce(b.shared, false)))
RETURN a.id AS account_a, b.id AS account_b, a.name + ' / ' + b.name AS pair, m.score AS score,
       coalesce(m.features, []) AS features, coalesce(m.counter, []) AS counter,
       m.status AS status, m.n AS n_posts, m.first_seen AS first_seen, m.last_seen AS last_seen,
       m.confidence AS confidence, m.posts AS evidence
ORDER BY score DESC, account_a, account_b
LIMIT $limit
