"""Changes one character in every value and every name of a verification file, and has verify.py say what it finds.

    python3 sweep.py verify.py verification.json

Exit status 0: each change was refused or failed. Lists repeat their kind: the first two and the last of each are tried."""
import contextlib, importlib.util, io, json, os, sys, tempfile

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
with open(sys.argv[2], encoding="utf-8") as file:
    text = file.read()

def places(value, path=()):
    """Paths of all values that hold no others, and of all names as a path that ends in None."""
    if not isinstance(value, (dict, list)): yield path
    if isinstance(value, dict):
        for name in value:
            yield (*path, name, None)
            yield from places(value[name], (*path, name))
    if isinstance(value, list):
        for at in sorted({0, 1, len(value) - 1} & set(range(len(value)))):
            yield from places(value[at], (*path, at))

def other(value):
    """A value that differs a little."""
    if isinstance(value, bool): return not value
    if isinstance(value, int): return value + 1
    if isinstance(value, str): return ("1" if value[:1] == "0" else "0") + value[1:]
    return 0

def changed(value, path):
    if not path: return other(value)
    if path[1:] == (None,): return {(name[:-1] + "~" if name == path[0] else name): x for name, x in value.items()}
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:])
    return copy

def status(value):
    handle, path = tempfile.mkstemp(suffix=".json")
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
    with contextlib.redirect_stdout(io.StringIO()):
        found = verify.main([path])
    os.unlink(path)
    return found

whole = json.loads(text)
assert status(whole) == 0, "the file itself fails"
tried = list(places(whole))
escaped = [path for path in tried if status(changed(whole, path)) == 0]
print("tried", len(tried), "escaped", *escaped, sep="\n" if escaped else " ")
sys.exit(bool(escaped))
