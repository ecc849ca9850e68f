"""Opens spreadsheets with LibreOffice and prints what its first sheet shows, as JSON.

    python3 open_office.py FILE...

`null` where LibreOffice is not installed. Of each file: the rows of the first sheet, each cell
as LibreOffice shows it; of a formula its text.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Between commas, quoted by ", UTF-8, from the first line; not all texts quoted, cells as they
# are shown, formulas as they are written.
FORM = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"

soffice = shutil.which("soffice")
if not soffice:
    print("null")
    sys.exit()
files = [Path(name) for name in sys.argv[1:]]
with tempfile.TemporaryDirectory(dir=files[0].parent) as folder:
    # A profile of its own: another LibreOffice may be open.
    profile = (Path(folder) / "profile").resolve().as_uri()
    out = Path(folder) / "out"
    command = [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", FORM]
    command += ["--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, stdout=sys.stderr, timeout=540)
    rows = []
    for file in files:
        # What LibreOffice cannot open it passes over: its sheet is not there then.
        with open(out / f"{file.stem}.csv", encoding="utf-8-sig", newline="") as sheet:
            rows.append(list(csv.reader(sheet)))
print(json.dumps(rows, ensure_ascii=False))
