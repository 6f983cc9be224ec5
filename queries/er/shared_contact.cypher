// ---
// id: er.shared_contact
// version: 1.0.0
// title: {en: Accounts with a contact in common, zh: 共用联系方式的账号}
// question: {en: Which candidate accounts give one contact in several venues?, zh: 哪些候选账号在多个场所给出同一联系方式？}
// tags: [identity, contact]
// params:
//   min_venues: {type: int, default: 2, min: 1, help: least number of venues in which they advertise}
//   exclude_shared: {}
// returns:
//   contact: {type: str, key: true}
//   accounts: {type: "list[str]"}
//   venues: {type: "list[str]"}
//   exclusivity: {type: float, help: "1 divided by the accounts that use it, as the graph holds it"}
//   shared: {type: bool, help: used by so many that it speaks for nobody}
//   score: {type: float, help: highest of the candidates}
//   status: {type: "list[str]", help: of the candidates}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// needs: [MAYBE_SAME]
// caveats:
//   - en: A contact can be lent, sold or copied into another's text; a bot or a help desk is everybody's.
//     zh: 联系方式可能被借用、转售或抄入他人文本；机器人与客服为众人共用。
//   - en: A candidate is a question to an analyst; nothing is merged by itself.
//     zh: 候选仅供分析员判断，绝不自动合并。
// expect:
//   - params: {}
//     rows: 1
//     contains:
//       - {contact: "contact:telegram:demo_laojin", accounts: ["account:forum:31017", "account:telegram:9900001017"], shared: false, score: 0.8, status: [open]}
//   - case: er.candidates
//     rows: 1
//     contains:
//       - {contact: "contact:telegram:sales", accounts: ["account:telegram:a", "account:telegram:b"], venues: ["venue:telegram:u", "venue:telegram:v"], shared: false, score: 0.9, status: [unsure]}
//   - case: er.candidates
//     params: {exclude_shared: false}
//     rows: 2
//     contains: [{contact: "contact:telegram:bot", shared: true}]
//   - case: er.crew
//     params: {min_venues: 1}
//     rows: 1
//     contains:
//       - {contact: "contact:wechat:demo_one", accounts: ["account:telegram:1", "account:telegram:2"], exclusivity: 0.5, shared: false}
//   - {case: er.crew, rows: 0}
//   - {case: er.desk, params: {min_venues: 1, exclude_shared: false}, rows: 0}
//   - {case: er.nobody, rows: 0}
// ---
MATCH (a:Account)-[m:MAYBE_SAME]->(b:Account)
MATCH (a)-[u:USES_CONTACT]->(c:Contact)<-[w:USES_CONTACT]-(b)
WHERE NOT $exclude_shared
  OR NOT (coalesce(c.shared, false) OR coalesce(a.shared, false) OR coalesce(b.shared, false))
WITH c, m, u, w, a.id AS one, b.id AS other
UNWIND [{id: one, use: u}, {id: other, use: w}] AS user
MATCH (n:Account {id: user.id})
OPTIONAL MATCH (n)-[:ADVERTISES_ON]->(v:Venue)
WITH c, m, user, v.id AS venue, user.id AS account
ORDER BY account, venue, m.status
WITH c, collect(DISTINCT account) AS accounts, collect(DISTINCT venue) AS venues,
     max(m.score) AS score, collect(DISTINCT m.status) AS status,
     min(user.use.first_seen) AS first_seen, max(user.use.last_seen) AS last_seen,
     max(m.confidence) AS confidence, collect(user.use.posts) AS posts
WHERE size(venues) >= $min_venues
UNWIND CASE WHEN size(posts) > 0 THEN posts ELSE [['']] END AS part
UNWIND CASE WHEN size(part) > 0 THEN part ELSE [''] END AS post
WITH DISTINCT c, accounts, venues, score, status, first_seen, last_seen, confidence, post
OPTIONAL MATCH (p:Post {id: post})
RETURN c.id AS contact, accounts, venues, c.exclusivity AS exclusivity,
       coalesce(c.shared, false) AS shared, score, status, count(DISTINCT p.id) AS n_posts,
       first_seen, last_seen, confidence, collect(DISTINCT p.id) AS evidence
ORDER BY score DESC, contact
LIMIT $limit
