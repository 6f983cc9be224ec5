"""How many planted brokers are found in invented worlds, beside what else could rank accounts."""
