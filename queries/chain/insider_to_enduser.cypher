// ---
// id: chain.insider_to_enduser
// version: 1.1.0
// title: {en: Shortest chain from an insider to an end user, zh: 从内鬼到终端用户的最短链条}
// question:
//   en: Which is the shortest claimed chain from an insider, hacker or collector to an end user?
//   zh: 从内鬼、黑客或采集者到终端用户，声称的最短链条是哪一条？
// slow:
//   en: It reads every tie of goods and every role, and composes them in memory.
//   zh: 须读取全部货物往来与全部角色，并在内存中拼合。
// tags: [chain, insider, end_user]
// params:
//   product: {type: str, complete: Product.id, help: only ties of this product}
//   org: {type: str, complete: Organisation.id, help: only from those who claim this source}
//   min_hops: {type: int, default: 1, min: 1, max: 6, help: shortest chain worth telling}
//   max_hops: {type: int, default: 6, min: 1, max: 6, help: longest chain}
//   listing_roles:
//     type: bool
//     default: false
//     help: count a role that an own listing shows within 90 days, beside those held for a period
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   path: {type: "list[str]", key: true}
//   names: {type: "list[str]"}
//   roles: {type: "list[str]", help: the role that each held then}
//   product: {type: str, key: true}
//   length: {type: int}
//   hop_dates: {type: "list[date]", help: first evidence of each hop}
//   hop_modalities: {type: "list[str]"}
//   weakest_hop_confidence: {type: float}
//   composed_of: {type: int}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// post: chains
// composed: true
// graph: chain
// limit: 50
// caveats:
//   - en: An insider is a claimed insider until a court, an employer or a victim confirms it.
//     zh: 在法院、雇主或受害方证实之前，内鬼仅为自称或被称。
//   - en: A role that one listing shows is what the listing says of its writer, and no more.
//     zh: 单条信息显示的角色只是该信息对发布者的描述，仅此而已。
//   - en: Ties without a product or without a date cannot be composed and are left out.
//     zh: 没有商品或日期的关系无法拼合，不计入。
// expect:
//   - params: {product: "product:stock_leads", min_hops: 4}
//     contains:
//       - path:
//           - account:telegram:9900001002
//           - account:telegram:9900001006
//           - account:telegram:9900001017
//           - account:telegram:9900001021
//           - account:telegram:9900001025
//         product: product:stock_leads
//         length: 4
//   - case: chain.products
//     rows: 1
//     contains: [{names: [i, a, b, e], length: 3}]
//   - {case: chain.backwards, rows: 0}
//   - {case: chain.presence, rows: 0}
//   - {case: chain.vocabulary, rows: 0}
//   - {case: chain.then, rows: 0}
//   - case: chain.escrow
//     rows: 1
//     contains: [{names: [i, a, b, e]}]
//   - case: chain.escrow
//     params: {exclude_shared: false}
//     rows: 4
//     contains: [{names: [i, bot, e]}]
//   - case: chain.one_actor
//     rows: 1
//     contains: [{path: ["account:telegram:i", "actor:x", "account:telegram:e"], length: 2}]
// ---
CALL () {
  MATCH (n:Account|Actor)-[:HAS_ROLE]->(r:Role)
  WHERE r.code IN ['insider', 'hacker', 'collector', 'end_user']
  RETURN n, CASE WHEN r.code = 'end_user' THEN 'target' ELSE 'source' END AS side
  UNION
  MATCH (n:Account|Actor)-[:LISTED]->(:Listing)-[:HAS_ROLE]->(r:Role)
  WHERE $listing_roles AND r.code IN ['insider', 'hacker', 'collector', 'end_user']
  RETURN n, CASE WHEN r.code = 'end_user' THEN 'target' ELSE 'source' END AS side
}
WITH n, side
WHERE side = 'target' OR $org IS NULL OR EXISTS {
    MATCH (n)-[:LISTED]->(:Listing)-[:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
    WHERE o.id = $org
  }
RETURN DISTINCT n.id AS holder, side
ORDER BY holder, side
LIMIT $limit
