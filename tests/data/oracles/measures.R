# Measures of R's sna, a row a node: betweenness (not scaled), core number, whether a cutpoint,
# harmonic closeness (not scaled, distances from the node). Input on stdin: number of nodes;
# "arcs" or "ties"; then a pair a line, nodes from 1.
suppressMessages(library(sna))

lines <- readLines(file("stdin"))
n <- as.integer(lines[1])
directed <- lines[2] == "arcs"
mode <- if (directed) "digraph" else "graph"
pairs <- matrix(scan(text = lines[-(1:2)], quiet = TRUE), ncol = 2, byrow = TRUE)
net <- matrix(0, n, n)
net[pairs] <- 1
if (!directed) net[pairs[, 2:1]] <- 1

between <- betweenness(net, gmode = mode, cmode = if (directed) "directed" else "undirected")
core <- kcores(net, mode = mode, cmode = if (directed) "freeman" else "indegree")
cut <- cutpoints(net, mode = mode, connected = "weak", return.indicator = TRUE)
near <- closeness(net, gmode = mode, cmode = if (directed) "suminvdir" else "suminvundir")
found <- cbind(between, core, cut, near * (n - 1))
cat(apply(format(found, digits = 15), 1, paste, collapse = " "), sep = "\n")
cat("\n")
