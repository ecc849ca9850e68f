"""Has verify.py judge many files in one run: each as it stands, then with one byte changed at a time.

    python3 many.py verify.py FILE CHANGES [FILE CHANGES …]

CHANGES holds a line «place byte» for each. Prints a line for each judgement: exit status, how many checks are open,
and what it says is bound by no hash."""
import contextlib, importlib.util, io, os, sys, tempfile

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
handle, path = tempfile.mkstemp(suffix=".json")
os.close(handle)

def judge(content):
    with open(path, "wb") as file: file.write(content)
    said = io.StringIO()
    with contextlib.redirect_stdout(said): status = verify.main([path])
    lines = said.getvalue().splitlines()
    unbound = [line.rsplit(":", 1)[1].split() for line in lines if "不作依据" in line]
    print(status, sum("未核对 OPEN" in line for line in lines), *(unbound[0] if unbound else ()))

for name, changes in zip(sys.argv[2::2], sys.argv[3::2]):
    with open(name, "rb") as file: content = bytearray(file.read())
    judge(content)
    with open(changes, encoding="ascii") as file: changes = [tuple(map(int, line.split())) for line in file]
    for at, byte in changes:
        before, content[at] = content[at], byte
        judge(content)
        content[at] = before
os.unlink(path)
