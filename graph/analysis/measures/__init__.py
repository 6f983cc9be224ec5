"""Network measures over arrays, for any NetworkX graph; `analysis.Analysis` is the way in."""
