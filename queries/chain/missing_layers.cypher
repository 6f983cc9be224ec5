// ---
// id: chain.missing_layers
// version: 1.0.0
// title: {en: Layers of a syndicate that were not seen, zh: 团伙中未观察到的层级}
// question:
//   en: Which layers of the chain are unobserved for a syndicate?
//   zh: 某团伙在链条的哪些层级尚无观察？
// tags: [chain, syndicate, role]
// params:
//   syndicate: {type: str, required: true, complete: Syndicate.id, help: the syndicate}
//   min_confidence: {}
//   modality: {help: kinds of statement of a tie that count}
//   exclude_shared: {}
// returns:
//   layer: {type: int, key: true, help: 0 demand to 7 cash-out}
//   observed: {type: bool, help: a member is claimed or seen to hold a role of the layer}
//   members: {type: "list[str]", help: members with such a role}
//   roles: {type: "list[str]"}
//   nearest_evidence:
//     type: "list[str]"
//     help: others with a role of the layer at the time of a tie with a member
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: highest of a reading of the role}
//   evidence: {type: "list[str]"}
// limit: 8
// caveats:
//   - en: A layer that was not seen is a gap of the collection until something else is shown.
//     zh: 未观察到的层级首先是采集缺口，不等于不存在。
//   - en: A tie with somebody of another layer makes nobody a member.
//     zh: 与其他层级的人有往来，并不使其成为团伙成员。
// expect:
//   - case: chain.crew
//     params: {syndicate: "syndicate:crew"}
//     rows: 8
//     contains:
//       - {layer: 1, observed: true, members: ["account:telegram:i"], roles: [insider]}
//       - {layer: 3, observed: true, members: ["actor:m"], roles: [middleman], nearest_evidence: []}
//       - {layer: 5, observed: false, members: [], nearest_evidence: ["account:telegram:u"]}
//       - {layer: 6, observed: false, nearest_evidence: []}
//       - {layer: 7, observed: false, nearest_evidence: []}
//   - case: chain.crew
//     params: {syndicate: "syndicate:crew", modality: [observed]}
//     contains: [{layer: 5, observed: false, nearest_evidence: []}]
//   - {case: chain.crew, params: {syndicate: "syndicate:nobody"}, rows: 0}
// ---
MATCH (s:Syndicate)
WHERE s.id = $syndicate
OPTIONAL MATCH (s)<-[:MEMBER_OF]-(m:Actor)
OPTIONAL MATCH (m)<-[:RESOLVED_TO]-(x:Account)
WITH s, collect(DISTINCT m.id) AS actors, collect(DISTINCT x.id) AS accounts
WITH s, actors + accounts AS own
UNWIND CASE WHEN size(own) = 0 THEN [''] ELSE own END AS id
OPTIONAL MATCH (a:Account|Actor)
WHERE a.id = id
OPTIONAL MATCH (a)-[h:HAS_ROLE]->(r:Role)
WHERE h.basis <> 'accused' AND h.confidence >= $min_confidence
WITH s, own, a, collect({member: true, id: a.id, layer: r.layer, role: r.code, posts: h.posts,
     first: h.first_seen, last: h.last_seen, confidence: h.confidence}) AS held
OPTIONAL MATCH (a)-[t:FLOWS_TO|INSTRUCTS|RECRUITS]-(n:Account|Actor)
WHERE NOT n.id IN own AND t.confidence >= $min_confidence AND t.modality IN $modality
  AND (NOT $exclude_shared OR NOT coalesce(n.shared, false))
OPTIONAL MATCH (n)-[q:HAS_ROLE]->(r:Role)
WHERE q.basis <> 'accused'
  AND (t.last_seen IS NULL OR q.valid_from IS NULL
    OR q.valid_from <= date(t.last_seen + duration('P1D')))
  AND (t.first_seen IS NULL OR q.valid_to IS NULL
    OR q.valid_to >= date(t.first_seen - duration('P1D')))
WITH s, a, held, collect({member: false, id: n.id, layer: r.layer, role: r.code,
     posts: coalesce(q.posts, []) + coalesce(t.posts, []), first: t.first_seen,
     last: t.last_seen}) AS near
UNWIND held + near AS fact
WITH s, collect(fact) AS facts
UNWIND range(0, 7) AS layer
WITH layer, [fact IN facts WHERE fact.layer = layer] AS facts
UNWIND CASE WHEN size(facts) = 0 THEN [null] ELSE facts END AS fact
WITH layer, fact
ORDER BY layer, fact.id, fact.role
WITH layer, collect(DISTINCT CASE WHEN fact.member THEN fact.id END) AS members,
     collect(DISTINCT CASE WHEN fact.member THEN fact.role END) AS roles,
     collect(DISTINCT CASE WHEN NOT fact.member THEN fact.id END) AS near,
     min(fact.first) AS first_seen, max(fact.last) AS last_seen,
     max(fact.confidence) AS confidence, collect(fact.posts) AS evidence
RETURN layer, size(members) > 0 AS observed, members, roles, near AS nearest_evidence, first_seen,
       last_seen, confidence, evidence
ORDER BY layer
LIMIT $limit
