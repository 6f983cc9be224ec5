// ---
// id: actors.profile
// version: 1.1.0
// title: {en: One-page profile, zh: 一页概况}
// question:
//   en: What is known of an account or actor?
//   zh: 关于某账号或行为人知道些什么？
// tags: [actor]
// params:
//   actor: {type: str, required: true, complete: Account.id, help: an account or actor}
//   modality: {help: kinds of statement of a deposit that count}
// returns:
//   section: {type: str, key: true}
//   item: {type: str, key: true}
//   value: {type: str, key: true}
//   n: {type: int}
//   since: {type: datetime}
//   until: {type: datetime}
//   evidence: {type: "list[str]"}
// limit: 500
// caveats:
//   - en: Roles are readings of what somebody wrote, never findings about a person.
//     zh: 角色是对文字的解读，不是对个人的认定。
//   - en: A handle belongs to an account for a time; others who wore it are named beside it.
//     zh: 昵称只在一段时间内属于某账号，曾用同一昵称的其他账号一并列出。
// expect:
//   - params: {actor: "account:telegram:9900001017"}
//     contains:
//       - {section: gives to, item: "account:telegram:9900001021", value: "product:stock_leads"}
//       - {section: takes from, item: "account:telegram:9900001008", value: "product:gambling_leads"}
//   - case: actors.taken
//     params: {actor: "account:telegram:first"}
//     contains:
//       - {section: handle, item: "handle:telegram:boss", n: 4}
//       - {section: handle worn by another, item: "account:telegram:second", value: boss}
//       - {section: contact, item: "contact:telegram:desk"}
//     lacks: [{section: contact, item: "contact:telegram:thief"}]
//   - case: actors.taken
//     params: {actor: "actor:who"}
//     contains: [{section: account, item: "account:telegram:first"}, {section: contact, item: "contact:telegram:desk"}, {section: offers, item: "product:stock_leads", n: 1}]
// ---
MATCH (a:Account|Actor)
WHERE a.id = $actor OR EXISTS { MATCH (a)-[:RESOLVED_TO]->(u:Actor) WHERE u.id = $actor }
CALL (a) {
  MATCH (a)-[r:RESOLVED_TO]->(x:Actor)
  RETURN CASE WHEN a.id = $actor THEN 'actor' ELSE 'account' END AS section,
         CASE WHEN a.id = $actor THEN x.id ELSE a.id END AS item,
         CASE WHEN a.id = $actor THEN x.name ELSE a.name END AS value, 1 AS n,
         a.first_seen AS since, a.last_seen AS until, [] AS posts
  UNION ALL
  MATCH (a)-[w:WEARS]->(h:Handle)
  RETURN 'handle' AS section, h.id AS item, h.text AS value, w.n AS n, w.valid_from AS since,
         w.valid_to AS until, [] AS posts
  UNION ALL
  MATCH (a)-[:WEARS]->(h:Handle)<-[w:WEARS]-(b:Account)
  WHERE b.id <> a.id
  RETURN 'handle worn by another' AS section, b.id AS item, h.text AS value, w.n AS n,
         w.valid_from AS since, w.valid_to AS until, [] AS posts
  UNION ALL
  MATCH (a)-[u:USES_CONTACT]->(c:Contact)
  RETURN 'contact' AS section, c.id AS item, c.kind AS value, u.n AS n, u.first_seen AS since,
         u.last_seen AS until, u.posts AS posts
  UNION ALL
  MATCH (a)-[h:HAS_ROLE]->(r:Role)
  RETURN 'role' AS section, r.id AS item, h.basis AS value, h.n AS n, h.first_seen AS since,
         h.last_seen AS until, h.posts AS posts
  UNION ALL
  MATCH (a)-[:LISTED]->(l:Listing)-[:OFFERS]->(p:Product)
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  RETURN 'offers' AS section, p.id AS item, p.kind AS value, count(DISTINCT l.id) AS n,
         min(l.posted_at) AS since, max(l.posted_at) AS until, collect(DISTINCT po.id) AS posts
  UNION ALL
  MATCH (a)-[:LISTED]->(l:Listing)-[:SEEKS]->(p:Product)
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  RETURN 'seeks' AS section, p.id AS item, p.kind AS value, count(DISTINCT l.id) AS n,
         min(l.posted_at) AS since, max(l.posted_at) AS until, collect(DISTINCT po.id) AS posts
  UNION ALL
  MATCH (a)-[d:ADVERTISES_ON]->(v:Venue)
  RETURN 'venue' AS section, v.id AS item, v.name AS value, d.n AS n, d.first_seen AS since,
         d.last_seen AS until, d.posts AS posts
  UNION ALL
  MATCH (a)-[:LISTED]->(l:Listing)-[:ACCEPTS_ESCROW]->(e:EscrowService)
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  RETURN 'escrow' AS section, e.id AS item, e.name AS value, count(DISTINCT l.id) AS n,
         min(l.posted_at) AS since, max(l.posted_at) AS until, collect(DISTINCT po.id) AS posts
  UNION ALL
  MATCH (a)-[:LISTED]->(l:Listing)-[:QUOTES]->(q:PriceQuote)
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  RETURN 'price' AS section, q.kind AS item, q.raw AS value, count(DISTINCT l.id) AS n,
         min(l.posted_at) AS since, max(l.posted_at) AS until, collect(DISTINCT po.id) AS posts
  UNION ALL
  MATCH (a)-[f:FLOWS_TO]->(b:Account|Actor)
  RETURN 'gives to' AS section, b.id AS item, coalesce(f.product, '') AS value, f.n AS n,
         f.first_seen AS since, f.last_seen AS until, f.posts AS posts
  UNION ALL
  MATCH (a)<-[f:FLOWS_TO]-(b:Account|Actor)
  RETURN 'takes from' AS section, b.id AS item, coalesce(f.product, '') AS value, f.n AS n,
         f.first_seen AS since, f.last_seen AS until, f.posts AS posts
  UNION ALL
  MATCH (a)-[t:VOUCHES_FOR]->(y:Account|Handle|Contact)
  RETURN 'vouches for' AS section, y.id AS item, y.name AS value, t.n AS n,
         t.first_seen AS since, t.last_seen AS until, t.posts AS posts
  UNION ALL
  MATCH (a)<-[t:VOUCHES_FOR]-(x:Account)
  RETURN 'vouched for by' AS section, x.id AS item, x.name AS value, t.n AS n,
         t.first_seen AS since, t.last_seen AS until, t.posts AS posts
  UNION ALL
  MATCH (a)-[t:DEPOSITED_WITH]->(e:EscrowService|Venue)
  WHERE t.modality IN $modality
  RETURN 'deposit' AS section, e.id AS item,
         coalesce(toString(t.amount) + ' ' + coalesce(t.currency, ''), '') AS value, t.n AS n,
         t.first_seen AS since, t.last_seen AS until, t.posts AS posts
  UNION ALL
  MATCH (a)-[t:ACCUSES]->(y:Account|Handle|Contact)
  RETURN 'accuses' AS section, y.id AS item, coalesce(t.outcome, 'unknown') AS value, t.n AS n,
         t.first_seen AS since, t.last_seen AS until, t.posts AS posts
  UNION ALL
  MATCH (a)<-[t:ACCUSES]-(x:Account)
  RETURN 'accused by' AS section, x.id AS item, coalesce(t.outcome, 'unknown') AS value, t.n AS n,
         t.first_seen AS since, t.last_seen AS until, t.posts AS posts
}
WITH section, item, coalesce(value, '') AS value, n, since, until, posts
RETURN section, item, value, sum(n) AS n, min(since) AS since, max(until) AS until,
       collect(posts) AS evidence
ORDER BY section, n DESC, item, value
LIMIT $limit
