"""Writes the tumours of rats in 71 experiments (Tarone 1982; BDA3, table 5.1), as columns; the last is the current one.

    python3 libs/statistics/reference/shrinkage/make-data.py

The table is given here as it is printed, events/trials, and checked by its sums.
"""

import json
from pathlib import Path

TABLE = """
0/20 0/20 0/20 0/20 0/20 0/20 0/20 0/19 0/19 0/19 0/19 0/18 0/18 0/17
1/20 1/20 1/20 1/20 1/19 1/19 1/18 1/18
2/25 2/24 2/23 2/20 2/20 2/20 2/20 2/20 2/20 1/10 5/49 2/19 5/46 3/27 2/17 7/49 7/47 3/20 3/20 2/13 9/48 10/50
4/20 4/20 4/20 4/20 4/20 4/20 4/20 10/48 4/19 4/19 4/19 5/22 11/46 12/49 5/20 5/20 6/23 5/19 6/22 6/20 6/20 6/20
16/52 15/46 15/47 9/24
4/14
"""

rows = [tuple(map(int, cell.split("/"))) for cell in TABLE.split()]
assert len(rows) == 71 and sum(y for y, _ in rows) == 267 and sum(n for _, n in rows) == 1739
columns = {"events": [y for y, _ in rows], "trials": [n for _, n in rows]}
text = {"published": "Tarone 1982; Gelman et al., Bayesian Data Analysis, 3rd ed., table 5.1", "rows": 71, "columns": columns}
(Path(__file__).parent / "data-rats.json").write_text(json.dumps(text, separators=(",", ":")) + "\n")
