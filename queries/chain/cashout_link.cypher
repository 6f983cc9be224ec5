// ---
// id: chain.cashout_link
// version: 1.0.0
// title: {en: Links from data sellers to cash-out, zh: 数据卖家与洗钱方的关联}
// question:
//   en: Which data sellers share a wallet or a contact with launderers?
//   zh: 哪些数据卖家与洗钱方共用钱包或联系方式？
// tags: [chain, launderer, contact]
// params:
//   since: {}
//   until: {}
//   min_confidence: {}
//   modality: {help: kinds of statement of a payment that count}
//   exclude_shared: {}
// returns:
//   seller: {type: str, key: true}
//   seller_name: {type: str}
//   launderer: {type: str, key: true}
//   launderer_name: {type: str}
//   shared_node: {type: str, key: true, help: the wallet or contact}
//   via: {type: str, key: true, help: "contact (both give it as their own) or payment (an event of the seller paid to it)"}
//   exclusivity: {type: float, help: 1 divided by the number of accounts that use it}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weaker reading}
//   evidence: {type: "list[str]"}
// limit: 100
// caveats:
//   - en: A contact in common is a lead; it may be a service for many, a copy or a reseller.
//     zh: 共用联系方式仅是线索，也可能是公共服务、抄袭或转卖。
//   - en: Contacts that are shared by many are left out unless asked for.
//     zh: 多方共用的联系方式默认不计。
// expect:
//   - case: chain.cashout
//     rows: 2
//     contains:
//       - {seller: "account:telegram:s", launderer: "account:telegram:l", shared_node: "contact:trx:Twallet", via: contact, exclusivity: 0.5}
//       - {seller: "account:telegram:paid", launderer: "account:telegram:l", shared_node: "contact:trx:Twallet", via: payment}
//   - case: chain.cashout
//     params: {exclude_shared: false}
//     rows: 3
//     contains: [{seller: "account:telegram:many", shared_node: "contact:telegram:bot"}]
//   - {case: chain.cashout, params: {modality: [analyst]}, rows: 1, lacks: [{via: payment}]}
// ---
MATCH (l:Account)-[h:HAS_ROLE]->(:Role {code: 'launderer'})
WHERE h.basis <> 'accused'
WITH DISTINCT l
MATCH (l)-[w:USES_CONTACT]->(c:Contact)
WHERE w.confidence >= $min_confidence AND (NOT $exclude_shared OR NOT coalesce(c.shared, false))
OPTIONAL MATCH (c)<-[u:USES_CONTACT]-(s:Account)
WHERE u.confidence >= $min_confidence
WITH l, w, c, collect({seller: s.id, via: 'contact', first: u.first_seen, last: u.last_seen,
     confidence: u.confidence, posts: u.posts}) AS users
OPTIONAL MATCH (c)<-[d:PAID_TO]-(:Event)<-[o:SUBJECT_OF]-(s:Account|Actor)
WHERE d.confidence >= $min_confidence AND d.modality IN $modality
WITH l, w, c, users, collect({seller: s.id, via: 'payment', first: d.first_seen,
     last: d.last_seen, confidence: d.confidence,
     posts: coalesce(d.posts, []) + coalesce(o.posts, [])}) AS payers
UNWIND users + payers AS link
WITH l, w, c, link
WHERE link.seller IS NOT NULL AND link.seller <> l.id
  AND ($since IS NULL OR link.last >= $since) AND ($until IS NULL OR link.first < $until)
MATCH (s:Account|Actor)
WHERE s.id = link.seller AND EXISTS {
    (s)-[:LISTED]->(:Listing {polarity: 'offer'})-[:OFFERS]->(:Product {kind: 'data'})
  }
OPTIONAL MATCH (s)-[:RESOLVED_TO]->(x:Actor)
OPTIONAL MATCH (l)-[:RESOLVED_TO]->(y:Actor)
WITH s, l, c, w, link, coalesce(x.id, s.id) AS seller, coalesce(x.name, s.name) AS seller_name,
     coalesce(y.id, l.id) AS launderer, coalesce(y.name, l.name) AS launderer_name
WHERE seller <> launderer
WITH seller, seller_name, launderer, launderer_name, c.id AS shared_node, link.via AS via,
     c.exclusivity AS exclusivity, min(link.first) AS begun, min(w.first_seen) AS known,
     max(link.last) AS last, max(w.last_seen) AS latest,
     max(CASE WHEN w.confidence < link.confidence THEN w.confidence ELSE link.confidence END)
       AS confidence, collect(coalesce(link.posts, []) + coalesce(w.posts, [])) AS evidence
RETURN seller, seller_name, launderer, launderer_name, shared_node, via, exclusivity,
       CASE WHEN known < begun THEN known ELSE begun END AS first_seen,
       CASE WHEN latest > last THEN latest ELSE last END AS last_seen, confidence, evidence
ORDER BY exclusivity DESC, seller, launderer, shared_node, via
LIMIT $limit
