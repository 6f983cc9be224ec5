"""Market measures beside PGD and MGD: growth, comparisons, mentions, prices, sellers, copies."""
