// ---
// id: market.concentration
// version: 1.0.0
// title: {en: Concentration of sellers, zh: 卖家集中度}
// question: {en: Is a product offered by few or by many?, zh: 某商品的出售集中于少数卖家吗？}
// tags: [market, seller]
// params:
//   product: {type: str, complete: Product.id, help: only this product}
//   since: {}
//   until: {}
//   exclude_shared: {}
// returns:
//   product: {type: str, key: true}
//   hhi: {type: float, help: "sum of squared shares, from 0 to 1; 1 is one seller"}
//   top10_share: {type: float}
//   sellers: {type: int}
//   repost_share: {type: float, help: 1 - clusters / posts}
//   n_posts: {type: int}
//   n_clusters: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Shares of texts, not of posts or of sales; a text counts once for each of its sellers.
//     zh: 份额按文本簇计，而非帖子或销量；同一文本对每个卖家各计一次。
//   - en: Accounts of one person that nobody has put together count apart.
//     zh: 尚未合并的同一人账号分别计算。
// expect:
//   - params: {}
//     contains: [{product: "product:stock_leads"}]
//   - case: market.reposter
//     params: {product: "product:stock_leads"}
//     rows: 1
//     contains:
//       - {sellers: 3, hhi: 0.375, top10_share: 1.0, n_posts: 23, n_clusters: 4, repost_share: 0.826087}
// ---
MATCH (p:Product)
WHERE $product IS NULL OR p.id = $product
CALL (p) {
  MATCH (p)<-[:OFFERS]-(l:Listing)<-[:LISTED]-(a:Account|Actor)
  WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
    AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
  OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x:Actor)
  WITH coalesce(x.id, a.id) AS seller, count(DISTINCT coalesce(t.id, po.id)) AS texts
  ORDER BY texts DESC, seller
  WITH collect(toFloat(texts)) AS counts, sum(texts) AS total
  WHERE total > 0
  RETURN size(counts) AS sellers, reduce(s = 0.0, n IN counts[..10] | s + n) / total AS top10_share,
         reduce(s = 0.0, n IN counts | s + (n / total) * (n / total)) AS hhi
}
CALL (p) {
  MATCH (p)<-[:OFFERS]-(l:Listing)<-[:LISTED]-(a:Account|Actor)
  WHERE ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
    AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
  MATCH (l)-[:EXPRESSED_IN]->(po:Post)
  OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
  RETURN count(DISTINCT coalesce(t.id, po.id)) AS n_clusters, min(l.posted_at) AS first_seen,
         max(l.posted_at) AS last_seen, max(l.confidence) AS confidence,
         collect(DISTINCT po.id) AS posts
}
RETURN p.id AS product, hhi, top10_share, sellers,
       1.0 - toFloat(n_clusters) / size(posts) AS repost_share, size(posts) AS n_posts, n_clusters,
       first_seen, last_seen, confidence, posts AS evidence
ORDER BY n_clusters DESC, product
LIMIT $limit
