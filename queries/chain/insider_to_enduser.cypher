// ---
// id: chain.insider_to_enduser
// version: 1.0.0
// title: {en: Shortest chain from an insider to an end user, zh: 从内鬼到终端用户的最短链条}
// question:
//   en: Which is the shortest claimed chain from an insider, hacker or collector to an end user?
//   zh: 从内鬼、黑客或采集者到终端用户，声称的最短链条是哪一条？
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
// ---
MATCH (i:Account|Actor)-[:FLOWS_TO]->(:Account|Actor)
WITH DISTINCT i
WHERE (EXISTS {
    MATCH (i)-[:HAS_ROLE]->(r:Role)
    WHERE r.code IN ['insider', 'hacker', 'collector']
  } OR ($listing_roles AND EXISTS {
    MATCH (i)-[:LISTED]->(:Listing)-[:HAS_ROLE]->(r:Role)
    WHERE r.code IN ['insider', 'hacker', 'collector']
  }))
  AND ($org IS NULL OR EXISTS {
    MATCH (i)-[:LISTED]->(:Listing)-[:CLAIMS_SOURCE]->(:SourceRef)-[:RESOLVES_TO]->(o:Organisation)
    WHERE o.id = $org
  })
MATCH (e:Account|Actor)<-[:FLOWS_TO]-(:Account|Actor)
WHERE i.id <> e.id
  AND (EXISTS { (e)-[:HAS_ROLE]->(:Role {code: 'end_user'}) } OR ($listing_roles AND EXISTS {
    (e)-[:LISTED]->(:Listing)-[:HAS_ROLE]->(:Role {code: 'end_user'})
  }))
WITH DISTINCT i, e
MATCH p = shortestPath((i)-[:FLOWS_TO*..6]->(e))
WITH i, e, p
WHERE length(p) <= $max_hops
RETURN i.id AS source, e.id AS target
ORDER BY source, target
LIMIT $limit
