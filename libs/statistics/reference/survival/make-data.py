"""Writes the public data sets that the survival methods are proved on, as columns, from lifelines.

    pip install lifelines==0.30.3 && python3 libs/statistics/reference/survival/make-data.py

lifelines is under the MIT licence. The data sets were published with: lung, Loprinzi et al. 1994 (R survival, LGPL);
rossi, Rossi, Berk & Lenihan 1980 (R carData, GPL); heart, Crowley & Hu 1977 (R survival, LGPL); waltons, from Walton's
lab by lifelines' author (MIT).
"""

import json
from pathlib import Path

import lifelines
from lifelines import datasets

HERE = Path(__file__).parent


def write(name, frame, published):
    columns = {
        column: [None if value != value else value for value in frame[column].tolist()] for column in frame.columns
    }
    text = {"source": f"lifelines {lifelines.__version__}", "published": published, "rows": len(frame), "columns": columns}
    (HERE / f"data-{name}.json").write_text(json.dumps(text, separators=(",", ":")) + "\n")


lung = datasets.load_lung()[["time", "status", "age", "sex", "ph.ecog"]]
write("lung", lung, "Loprinzi et al. 1994; R survival, LGPL")
write("rossi", datasets.load_rossi(), "Rossi, Berk & Lenihan 1980; R carData, GPL")
write("heart", datasets.load_stanford_heart_transplants(), "Crowley & Hu 1977; R survival, LGPL")
write("waltons", datasets.load_waltons(), "Walton lab; lifelines, MIT")
