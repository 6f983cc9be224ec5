// ---
// id: chain.product_lag
// version: 1.0.0
// title: {en: First sight of a product at each layer, zh: 某商品在各层首次出现的时间}
// question:
//   en: When did a product first show at each layer of the chain?
//   zh: 某商品在链条各层首次出现是什么时候？
// tags: [chain, product, time]
// params:
//   product: {type: str, required: true, complete: Product.id, help: the product}
// returns:
//   layer: {type: int, key: true}
//   lag_days: {type: int, help: days after the first layer that showed it}
//   listings: {type: int}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: First seen is first observed; it says nothing about days on which a venue was not watched.
//     zh: 首次出现指首次观察到，不代表未被监测的日子。
// expect:
//   - {params: {product: "product:loan_leads"}, contains: [{layer: 3, lag_days: 0}]}
// ---
MATCH (l:Listing)-[:OFFERS|SEEKS]->(p:Product)
WHERE p.id = $product AND l.posted_at IS NOT NULL
MATCH (l)-[:HAS_ROLE]->(r:Role)
WHERE r.layer IS NOT NULL
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
WITH r.layer AS layer, count(DISTINCT l.id) AS listings, count(DISTINCT po.id) AS n_posts,
     count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first,
     max(l.posted_at) AS last, collect(DISTINCT po.id) AS posts
WITH min(first) AS start, collect({layer: layer, listings: listings, n_posts: n_posts,
     n_clusters: n_clusters, first: first, last: last, posts: posts}) AS layers
UNWIND layers AS row
RETURN row.layer AS layer, duration.inDays(start, row.first).days AS lag_days,
       row.listings AS listings, row.n_posts AS n_posts, row.n_clusters AS n_clusters,
       row.first AS first_seen, row.last AS last_seen, row.posts AS evidence
ORDER BY layer
LIMIT $limit
