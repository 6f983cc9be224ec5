// ---
// id: brokers.insider_to_buyer
// version: 1.1.0
// title: {en: Brokers between insiders and buyers, zh: 内鬼与买家之间的中间商}
// question: {en: Who brokers between insiders and buyers?, zh: 谁在内鬼与买家之间牵线？}
// tags: [broker, insider, buyer]
// params:
//   org: {type: str, complete: Organisation.id, help: only insiders who claim this source}
//   product: {type: str, complete: Product.id, help: only this product}
//   listing_roles:
//     type: bool
//     default: false
//     help: count a role that an own listing shows within 90 days, beside those held for a period
//   since: {}
//   until: {}
//   min_confidence: {}
//   modality: {help: kinds of statement of a commission that count}
//   exclude_shared: {}
// returns:
//   broker: {type: str, key: true}
//   name: {type: str}
//   insiders: {type: int}
//   buyers: {type: int}
//   products: {type: "list[str]"}
//   commission: {type: float, help: "highest stated, in percent"}
//   composed_of: {type: int, help: ties in and out of the broker}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weakest tie}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: broker
// composed: true
// graph: drawn
// limit: 50
// caveats:
//   - en: Shared escrow services look like middlemen; they are left out unless asked for.
//     zh: 公共担保看起来像中间商，默认不计。
//   - en: A role that one listing shows is what the listing says of its writer, and no more.
//     zh: 单条信息显示的角色只是该信息对发布者的描述，仅此而已。
//   - en: An insider is a claimed insider until a court, an employer or a victim confirms it.
//     zh: 在法院、雇主或受害方证实之前，内鬼仅为自称或被称。
// expect:
//   - params: {product: "product:stock_leads"}
//     contains: [{broker: "account:telegram:9900001006", insiders: 1}]
//   - {case: chain.escrow, rows: 0}
//   - case: chain.escrow
//     params: {exclude_shared: false}
//     rows: 1
//     contains: [{broker: "account:telegram:bot", insiders: 2, buyers: 2}]
//   - case: brokers.triples
//     rows: 3
//     contains: [{broker: "account:telegram:b", insiders: 1, buyers: 2, composed_of: 3}]
//     lacks: [{broker: "account:telegram:mixed"}, {broker: "account:telegram:back"}]
// ---
MATCH p = (i:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE ($product IS NULL OR f.product = $product) AND f.confidence >= $min_confidence
  AND ($since IS NULL OR f.last_seen >= $since) AND ($until IS NULL OR f.first_seen < $until)
  AND (NOT $exclude_shared OR NOT (coalesce(i.shared, false) OR coalesce(b.shared, false)))
  AND NOT coalesce(b.own, false)
  AND (EXISTS {
    MATCH (i)-[h:HAS_ROLE]->(r:Role)
    WHERE r.code = 'insider' AND h.basis <> 'accused'
      AND h.valid_from <= date(f.last_seen + duration('P1D'))
      AND h.valid_to >= date(f.first_seen - duration('P1D'))
  } OR ($listing_roles AND EXISTS {
    MATCH (i)-[:LISTED]->(l:Listing)-[:HAS_ROLE]->(r:Role)
    WHERE r.code = 'insider' AND l.posted_at >= f.first_seen - duration('P90D')
      AND l.posted_at <= f.last_seen + duration('P90D')
  }))
  AND ($org IS NULL OR EXISTS {
    MATCH (i)-[:LISTED]->(:Listing)-[:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
    WHERE o.id = $org
  })
MATCH q = (b)-[g:FLOWS_TO]->(u:Account|Actor)
WHERE i.id <> u.id AND f.product = g.product AND f.first_seen <= g.last_seen
  AND g.confidence >= $min_confidence AND (NOT $exclude_shared OR NOT coalesce(u.shared, false))
  AND ($since IS NULL OR g.last_seen >= $since) AND ($until IS NULL OR g.first_seen < $until)
  AND (EXISTS {
    MATCH (u)-[h:HAS_ROLE]->(r:Role)
    WHERE r.code IN ['buyer', 'end_user'] AND h.basis <> 'accused'
      AND h.valid_from <= date(g.last_seen + duration('P1D'))
      AND h.valid_to >= date(g.first_seen - duration('P1D'))
  } OR ($listing_roles AND EXISTS {
    MATCH (u)-[:LISTED]->(l:Listing)-[:HAS_ROLE]->(r:Role)
    WHERE r.code IN ['buyer', 'end_user'] AND l.posted_at >= g.first_seen - duration('P90D')
      AND l.posted_at <= g.last_seen + duration('P90D')
  }))
  AND NOT EXISTS { (i)-[:RESOLVED_TO]->(:Actor)<-[:RESOLVED_TO]-(u) }
WITH p, q, i, f, b, g, u
ORDER BY f.product, f.id, g.id
WITH b, count(DISTINCT i.id) AS insiders, count(DISTINCT u.id) AS buyers,
     collect(DISTINCT f.product) AS products,
     count(DISTINCT f.id) + count(DISTINCT g.id) AS composed_of,
     min(f.first_seen) AS first_seen, max(g.last_seen) AS last_seen,
     min(CASE WHEN f.confidence < g.confidence THEN f.confidence ELSE g.confidence END)
       AS confidence, collect(coalesce(f.posts, []) + coalesce(g.posts, [])) AS posts,
     collect(p) + collect(q) AS drawn
OPTIONAL MATCH (b)-[t:BROKERS_FOR]->(:Account|Actor)
WHERE t.modality IN $modality
WITH b, insiders, buyers, products, composed_of, first_seen, last_seen, confidence, posts, drawn,
     max(t.commission) AS commission
RETURN b.id AS broker, b.name AS name, insiders, buyers, products, commission, composed_of,
       first_seen, last_seen, confidence, posts AS evidence, drawn
ORDER BY insiders DESC, buyers DESC, broker
LIMIT $limit
