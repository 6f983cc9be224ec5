// ---
// id: chain.enabler_overlap
// version: 1.0.0
// title: {en: Enablers that serve several data sellers, zh: 为多个数据卖家服务的支撑方}
// question:
//   en: Which enablers serve at least so many data sellers?
//   zh: 哪些支撑方为至少若干个数据卖家服务？
// tags: [chain, enabler]
// params:
//   k: {type: int, default: 3, min: 1, help: least number of data sellers}
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   enabler: {type: str, key: true}
//   name: {type: str}
//   service: {type: str, key: true, help: its role of layer 6}
//   sellers: {type: "list[str]", help: data sellers that it is tied to}
//   n: {type: int}
//   via: {type: "list[str]", help: goods (a dealing) or contact (one they share)}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: highest of a tie}
//   evidence: {type: "list[str]"}
// limit: 100
// caveats:
//   - en: A dealing counts where the goods are a service, a kit or not named; a group in common does not.
//     zh: 仅计商品为服务、套件或未注明的交易；同处一群不计。
//   - en: A shared contact may also mean that both are one and the same; accounts under one actor are left out.
//     zh: 共用联系方式也可能说明两者为同一人；已判定为同一行为人的账号不计。
// expect:
//   - {params: {k: 1}, rows: 1}
//   - case: chain.enablers
//     rows: 1
//     contains:
//       - enabler: account:telegram:sim
//         service: sim_farmer
//         sellers: ["account:telegram:s3", "account:telegram:s4", "actor:s"]
//         n: 3
//         via: [contact, goods]
//   - {case: chain.enablers, params: {k: 1}, lacks: [{enabler: "account:telegram:near"}]}
// ---
MATCH (e:Account|Actor)-[h:HAS_ROLE]->(r:Role {layer: 6})
WHERE h.basis <> 'accused' AND (NOT $exclude_shared OR NOT coalesce(e.shared, false))
WITH DISTINCT e, r.code AS service
OPTIONAL MATCH (e)-[f:FLOWS_TO]->(s:Account|Actor)
WHERE f.confidence >= $min_confidence
  AND ($since IS NULL OR f.last_seen >= $since) AND ($until IS NULL OR f.first_seen < $until)
  AND (f.product IS NULL OR f.product STARTS WITH 'service:' OR f.product = 'product:kyc_bundle')
  AND EXISTS {
    MATCH (e)-[g:HAS_ROLE]->(q:Role)
    WHERE q.code = service AND g.basis <> 'accused'
      AND (f.last_seen IS NULL OR g.valid_from <= date(f.last_seen + duration('P1D')))
      AND (f.first_seen IS NULL OR g.valid_to >= date(f.first_seen - duration('P1D')))
  }
WITH e, service, collect({seller: s.id, via: 'goods', posts: f.posts, first: f.first_seen,
     last: f.last_seen, confidence: f.confidence}) AS dealt
OPTIONAL MATCH (e)-[v:USES_CONTACT]->(c:Contact)<-[u:USES_CONTACT]-(t:Account)
WHERE t.id <> e.id AND u.confidence >= $min_confidence AND v.confidence >= $min_confidence
  AND (NOT $exclude_shared OR NOT coalesce(c.shared, false))
  AND ($since IS NULL OR u.last_seen >= $since) AND ($until IS NULL OR u.first_seen < $until)
WITH e, service, dealt, collect({seller: t.id, via: 'contact',
     posts: coalesce(u.posts, []) + coalesce(v.posts, []),
     first: u.first_seen, last: u.last_seen, confidence: u.confidence}) AS common
UNWIND dealt + common AS link
WITH e, service, link
WHERE link.seller IS NOT NULL
MATCH (s:Account|Actor)
WHERE s.id = link.seller AND (NOT $exclude_shared OR NOT coalesce(s.shared, false))
  AND EXISTS {
    (s)-[:LISTED]->(:Listing {polarity: 'offer'})-[:OFFERS]->(:Product {kind: 'data'})
  }
OPTIONAL MATCH (s)-[:RESOLVED_TO]->(x:Actor)
OPTIONAL MATCH (e)-[:RESOLVED_TO]->(y:Actor)
WITH coalesce(y.id, e.id) AS enabler, coalesce(y.name, e.name) AS name, service,
     coalesce(x.id, s.id) AS seller, link
WHERE seller <> enabler
WITH enabler, name, service, seller, link
ORDER BY seller, link.via
WITH enabler, name, service, collect(DISTINCT seller) AS sellers, collect(link.via) AS ways,
     min(link.first) AS first_seen, max(link.last) AS last_seen,
     max(link.confidence) AS confidence, collect(link.posts) AS evidence
WHERE size(sellers) >= $k
RETURN enabler, name, service, sellers, size(sellers) AS n,
       [way IN ['contact', 'goods'] WHERE way IN ways] AS via, first_seen, last_seen, confidence,
       evidence
ORDER BY n DESC, enabler, service
LIMIT $limit
