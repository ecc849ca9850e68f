#!/usr/bin/env python3
"""核对一次抽查 / Repeats one draw of record format frs1 from what was published of it.
    python3 verify.py verification.json            python3 verify.py certificate.json [register.json]
Needs Python 3.8 and nothing else. Exit status 0: nothing differs; 1: something does; 2: a file cannot be read. OPEN:
nothing differs, but something is not published, or only the program repeats it. Written from the definitions, not from
the program. That quotas are the even load's, and teams the first in lottery order, only the program repeats. """
import calendar, hashlib, json, sys
from datetime import date

FORMAT, UNTOLD = "double-random/verification", "公布的内容不能确定 / cannot be told"
FLOOR = {"A": 10**9, "B": 800_000_000, "C": 200_000_000}
DIGITS, LETTERS, CHECKS = "0123456789abcdef", "0123456789abcdefghijklmnopqrstuvwxyz", []
class Open(Exception): """What a check would need is not published, or not repeated here."""
def check(zh, en, rest=False): return lambda function: CHECKS.append((zh, en, rest, function)) or function
def marked(a, b):  # what differs in brackets, unless it is nearly all
    few = len(a) == len(b) and 2 * sum(x != y for x, y in zip(a, b)) < len(a)
    return "".join(x if x == y else f"[{x}]" for x, y in zip(a, b)).replace("][", "") if few else a
def differs(stated, found, name=""):  # stated ≠ found, from shortly before where they part; what differs in brackets
    if stated == found: return []
    a, b = str(stated), str(found)
    at = max(0, next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), 0) - 60)
    a, b = a[at:at + 200], b[at:at + 200]
    return [f"{name} {marked(a, b)} ≠ {marked(b, a)}"]
def is_made_of(text, letters, count): return len(text) == count and set(text) <= set(letters)
def sha(text): return hashlib.sha256(text.encode()).hexdigest()
def digest(value): return sha(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
def hash_of(cert): return digest({k: x for k, x in cert.items() if k != "hash"})
def key_of(purpose, seed): return sha(f"frs1|key|{purpose}|{seed}")[:32]
def ticket(key, *parts): return sha("|".join(map(str, (key, *parts))))
def release_date(unit):  # the last inspection and six months, clipped to the month's end; None: any day
    if unit["last"]:
        year, month, day = map(int, unit["last"].split("-"))
        year, month = year + (month + 5) // 12, (month + 5) % 12 + 1
        return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()
def release_month(unit, year):
    free = date.fromisoformat(release_date(unit) or "0001-01-01")
    return 1 if free.year < year else 13 if free.year > year else free.month + (free.day > 10)
def share(total, weights, caps):  # largest remainders under caps, by day
    quotient = {d: divmod(total * w, sum(weights.values())) for d, w in weights.items()}
    full = {d: caps[d] for d in weights if quotient[d][0] >= caps[d]}
    if full: return {**full, **share(total - sum(full.values()), {d: w for d, w in weights.items() if d not in full}, caps)}
    best = sorted(weights, key=lambda d: (-quotient[d][1], d))[:total - sum(q for q, _ in quotient.values())]
    return {d: q + (d in best) for d, (q, _) in quotient.items()}
def present(officer, day): return day not in officer["absent"] and (officer["certificate_until"] or day) >= day
def places_of(days, officers, per_day):  # visits that each day holds, of the days that hold any
    there = {d: [o["lead"] for o in officers if present(o, d)] for d in days}
    places = {d: min(per_day * sum(lead), per_day * len(lead) // 2) for d, lead in there.items() if len(lead) > 1}
    return {d: p for d, p in places.items() if p}
def no_pair(unit, release, places, officers):
    """Why no permitted pair can visit a unit on a day with places from its release on; None: one can."""
    days = [d for d in places if d >= (release or d)]
    there = ([o["lead"] for o in officers if present(o, d) and unit not in o["avoid"]] for d in days)
    if any(len(lead) > 1 and any(lead) for lead in there): return None
    away = sorted(o["id"] for o in officers if unit in o["avoid"] and any(present(o, d) for d in days))
    return {"reason": "avoidance", "officers": away} if days else {"reason": "no_officers"}
def late_tail(visits, places):  # the latest tail of days with fewer places than visits released in it, if there is one
    for i, day in reversed(list(enumerate(sorted(places)))):
        late = sorted(u for u in visits if i == 0 or visits[u] > sorted(places)[i - 1])
        room = sum(places[d] for d in places if d >= day)
        if len(late) > room: return {"reason": "late_tail", "from": day, "places": room, "visits": late}
def released(pool, t): return sum(month <= t for month, _ in pool)
class Draw:
    """A certificate, the register published with it, the certificate before, and what follows from them."""
    def __init__(self, file):
        self.file, cert, register, self.previous = file, file["certificate"], file.get("register"), file.get("previous")
        self.cert, self.c, self.register = cert, cert["commitment"], register
        self.chain = [b for b in (self.previous, *file.get("earlier", ())) if b]  # certificates before, latest first
        self.broken = file.get("broken_off", [])
        self.year, self.m = map(int, self.c["month"].split("-"))
        self.blocked, self.design = {b["unit"] for b in self.c["blocked"]}, cert["design"]
        self.o, self.kind = self.c["occasion"], self.c["occasion"]["kind"]
        self.by_rule, self.before = self.kind in ("month", "supplementary"), {*self.o.get("drawn", ()), *self.o.get("stepped_in", ())}
        self.month = [f"{self.c['month']}-{d:02}" for d in cert["working_days"][self.m - 1]]
        self.days = [d for d in self.month if d >= self.o.get("from", "")]
        drawn = {x["unit"] for d in cert["draws"] if d["group"] not in ("combined", "register") for x in d["drawn"]}
        self.visits = sorted(drawn | set(self.c["carried"] if self.kind == "month" else ()))
        self.hidden, units = (len(register["withheld"]), register["units"]) if register else (0, [])
        self.known = {u["id"]: u for u in units}
    def is_demo(self): return bool(self.file.get("is_demo") or (self.c.get("disclosed") or {}).get("is_demo"))
    def brigade(self):  # from the plan whose hash the seed starts from
        plan = (self.register or {}).get("annual_plan") or {}
        return plan.get("brigade", UNTOLD) if digest(plan) == self.c["genesis"] else UNTOLD
    def unbound(self):
        known = self.c.get("disclosed")
        old = ("is_demo", "changes", "broken_off") if not known else () if known.get("broken_off") else ("broken_off",)
        return [name for name in ("name", *old) if name in self.file or name == "is_demo"]
    def need(self, field):
        if not self.register or self.register[field] is None: raise Open(f"没有公布 / not published: {field}")
        return self.register[field]
    def rest(self):  # what holds of the open units may still not hold of the withheld ones
        if self.hidden: raise Open(f"不公开 / withheld: {self.hidden}")
    def units(self): return (self.need("units"), self.known)[1]
    def is_open(self, unit): return unit in self.known or not self.hidden
    def officers(self):  # away on the days on which an earlier plan of the month needs them
        return [{**o, "absent": o["absent"] + self.o.get("busy", {}).get(o["id"], [])} for o in self.need("officers")]
    def places(self): return places_of(self.days, self.officers(), self.design["per_day"])
    def own(self):  # pools that stand in the commitment, with their n: a campaign's or another register's
        size, pool = self.o.get("size", {}), self.o.get("pool", ())
        n = min(len(pool), size.get("count", -(-size.get("ratio", 0) * len(pool) // 10**9)))
        planned = [u for u in pool if u in self.o.get("in_plan", ())]
        rest, taken = [u for u in pool if u not in planned], min(n, len(planned))
        return {} if self.by_rule else {"combined": (planned, taken), self.kind: (rest, n - taken)}
    def pool(self, u):  # name of a unit's pool, if it has one, and its release month
        month = self.m + 1 if u["id"] in self.blocked else max(self.m, release_month(u, self.year))
        twice, own = u["level"] >= self.design["twice_level"], f"{u['stratum']}{u['level']}"
        if u["count"] > 0 or u["pending"] or month > 12: return twice and u["count"] == 1 and not u["pending"] and month == self.m and "second", month
        early = self.c["mode"] == "full" and self.m <= 5 and month <= 5 and u["stratum"] != "C" and twice
        return "E" if early else own, month
    def pools_and_cells(self):  # pools and demands of the month (section 3)
        pools, cells, in_early = {"second": []}, {}, {}
        for u in self.units().values():
            own, (name, month) = f"{u['stratum']}{u['level']}", self.pool(u)
            pools.setdefault(name, []).append((month, u["id"]))
            in_early[own] = in_early.get(own, 0) + (name == "E")
            cell = cells.setdefault(own, {"size": 0, "committed": 0})
            cell.update(size=cell["size"] + 1, committed=cell["committed"] + (u["count"] > 0 or u["pending"]))
        for name, cell in cells.items():
            part = max(FLOOR[name[0]], self.design["shares"]["ABC".index(name[0])][int(name[1])])
            cell["target"] = -(-part * cell["size"] // 10**9)
            lack = max(0, cell["target"] - cell["committed"] - in_early[name])
            cell["demand"] = min(lack, released(pools.setdefault(name, []), 12))
        for s in "ABC":
            own = sorted((n for n in cells if n[0] == s), reverse=True)
            met = sum(cells[n]["committed"] + in_early[n] + cells[n]["demand"] for n in own)
            lack = max(0, -(-FLOOR[s] * sum(cells[n]["size"] for n in own) // 10**9) - met)
            for n in own:
                more = min(lack, released(pools[n], 12) - cells[n]["demand"])
                cells[n]["demand"], lack = cells[n]["demand"] + more, lack - more
        if "E" in pools: cells["E"] = dict(dict.fromkeys(("size", "target", "demand"), len(pools["E"])), committed=0)
        return pools, cells
@check("证书没有改动", "the certificate has the format known and the hash it names")
def _(v):
    if v.cert["format"] != "frs1": yield f"证书的格式 {v.cert['format']} 本程序不认识，只认识 frs1 / format unknown, frs1 is known"
    if not is_made_of(str(v.cert.get("hash")), DIGITS, 64): yield "写的校验码不是 64 位十六进制数 / the hash named is no hash"
    yield from differs(v.cert.get("hash"), hash_of(v.cert))
@check("文件的其余部分就是承诺的", "the file says nothing else; made-up data and register changes are those committed to")
def _(v):
    known, changes = v.c.get("disclosed"), v.file.get("changes")
    parts = {"format", "version", "name", "is_demo", "certificate", "register", "previous", "earlier", "broken_off", "changes", "officer_names"}
    yield from sorted(k for k, x in v.file.items() if v.is_file and (k not in parts or x in (None, False, [], {})))
    yield from [o for o, x in v.file.get("officer_names", {}).items() if not (0 < len(o) < 23 and {*o} <= {*LETTERS.upper(), "-"} and type(x) is str)]
    yield from sorted(set(v.register or ()) ^ {"units", "withheld", "officers", "annual_plan"} if v.register else ())
    yield from differs((v.file.get("format", FORMAT), v.file.get("version", 1)), (FORMAT, 1))
    if known and v.is_file: yield from differs((changes and digest(changes), v.is_demo()), (known["changes"], known["is_demo"]))
    if known and known.get("broken_off"): yield from differs(v.is_file and digest(v.broken), v.is_file and known["broken_off"])
@check("接着上一次抽取", "it names the hash of the certificate before it; numbers between are those of draws broken off")
def _(v):
    links = [v.cert, *v.chain] if v.chain else []
    for a, b in zip(links, v.chain):
        yield from differs((a["previous"], b["hash"]), (hash_of(b),) * 2)
        yield from differs(a["commitment"]["number"] > b["commitment"]["number"], True, "number")
    last = v.previous["commitment"]["number"] if v.previous else 0
    if not v.previous and (v.chain or v.c["number"] == 1): yield from differs(v.cert["previous"], None)
    elif not v.previous and v.cert["previous"]: raise Open("缺上一份证书 / the certificate before is lacking")
    between = range(last + 1, v.c["number"])
    if between and not v.broken: raise Open(f"没有公布中止的抽取 / draws broken off are not published: {between[0]}…{between[-1]}")
    yield from differs([b["number"] for b in v.broken], list(between[:len(v.broken) + 1]))
    form = {"number", "month", "opened_at", "broken_at", "reason", "approver"}
    yield from [f"{sorted(b)}" for b in v.broken if set(b) - {"commitment", "shown_at"} != form or None in b.values()]
@check("年度计划就是起点", "genesis and design are the annual plan's")
def _(v):
    plan = v.need("annual_plan")
    yield from differs(v.c["genesis"], digest(plan)) + differs(v.cert["design"], plan.get("design", plan))
@check("先承诺，后有随机数", "the commitment has the hash shown, and came before the entropy")
def _(v):
    yield from differs(v.cert["commitment_hash"], digest(v.c))
    plan, at, drawn = v.c["entropy"], v.cert["committed_at"], v.cert["drawn_at"]
    order = [at, drawn] if plan["kind"] != "public_value" else [at, plan["known_from"], drawn]
    late = plan.get("fallback_from", "") if v.cert["entropy"].get("from") == plan.get("fallback") else ""
    yield from differs(order, sorted(set(order))) + ([] if late < drawn else [f"{late} ≥ {drawn}"])
@check("随机数如约", "the entropy is as promised, written in its one way, and missing reveals are named")
def _(v):
    entropy, plan = v.cert["entropy"], v.c["entropy"]
    given, by = entropy.get("contributions", []), plan.get("fallback_from", "9")
    names, shown = [g["witness"] for g in given], [g for g in given if g["reveal"]]
    yield from differs(entropy["kind"], plan["kind"]) + differs(v.cert["entropy_hash"], digest(entropy))
    yield from differs([{k: g[k] for k in ("hash", "witness")} for g in given], plan.get("promises", []))
    yield from differs(v.cert["missing_reveals"], [g["witness"] for g in given if g not in shown])
    yield from [f"name {n!r}" for n in names if not n.strip() or "|" in n or names.count(n) > 1]
    for g in shown:
        name, salt, words = g["witness"], g["reveal"]["salt"], g["reveal"]["words"]
        found = sha(f"frs1|promise|{name}|{salt}|{words}"), is_made_of(salt, DIGITS, 32)
        yield from differs((g["hash"], True), found, name)
    yield from differs(bool(shown) or plan["kind"] != "contributions", True, "reveal")
    if plan["kind"] == "public_value":
        sources, source, value = (plan["named"], plan["fallback"]), entropy["from"], entropy["value"]
        yield from differs(source in sources and all(1 <= s["characters"] <= 64 for s in sources), True, "from")
        yield from differs(is_made_of(value, LETTERS, source["characters"]), True, value)
    if v.cert["drawn_at"] >= by:
        raise Open(f"请查首选来源的数 {by} 之前是否已公布；没有公布的，应当用备用\n    "
                   f"look up whether the named value had appeared before {by}; else the fallback counts")
@check("种子算得出", "the seed follows from month, number, genesis and entropy")
def _(v): return differs(v.cert["seed"], ticket("frs1|seed", v.c["month"], v.c["number"], v.c["genesis"], v.cert["entropy_hash"]))
@check("抽取的事由对得上", "a campaign takes whom it may; a supplement names what was drawn and planned", rest=True)
def _(v):
    for u in (v.units()[x] for x in v.o.get("pool", ()) if v.kind == "campaign" and v.is_open(x)):
        free = u["count"] < 2 and not u["pending"] and (release_date(u) or "") <= v.c["month"] + "-31"
        yield from differs(u["pending"] if u["id"] in v.o["in_plan"] else free, True, u["id"])
    for x in (x for b in v.chain for x in b["plan"]["visits"].values() if "busy" in v.o):  # who is planned is busy
        if x["day"][:7] == v.c["month"] and x["day"] >= v.o["from"]:
            yield from [f"{o} {x['day']}" for o in (x["lead"], x["member"]) if x["day"] not in v.o["busy"].get(o, ())]
    yield from [f"{o} {d}" for o in v.o.get("busy", {}) for d in v.o["busy"][o] if d[:7] != v.c["month"]]
    if v.kind == "supplementary":  # the latest draw before by the month's rule, and what that one added to
        rule = [b for b in v.chain if b["commitment"]["occasion"]["kind"] in ("month", "supplementary")]
        rule = [b for b in rule if b["commitment"]["month"] == v.c["month"]]
        if not rule: raise Open("缺本月以前的证书 / certificates of the month's earlier draws are lacking")
        before, lots = rule[0]["commitment"], [x["unit"] for d in rule[0]["draws"] for x in d["drawn"]]
        for part, more in (("to", [before["number"]]), ("drawn", lots)):
            yield from differs(v.o[part], sorted({*before["occasion"].get(part, ()), *more}), part)
@check("单位名录就是承诺的名录", "the units have the root committed to")
def _(v):
    leaves = [digest(u) for u in v.need("units")] + v.need("withheld")
    yield from differs(v.c["snapshot_root"], digest(sorted(leaves))) + differs(len(v.need("units")), len(v.known))
@check("人员名录就是承诺的名录", "the officers have the root committed to")
def _(v): return differs(v.c["officers_root"], digest(sorted(map(digest, v.need("officers")))))
@check("工作日就是承诺的工作日", "the working days are days of their months, and have the root committed to")
def _(v):
    yield from differs(v.c["working_days_root"], digest(v.cert["working_days"]))
    for t, days in enumerate(v.cert["working_days"], 1):
        yield from differs([date(v.year, t, d).day for d in days], sorted(set(days)), t)
@check("等级等于分数之和", "each unit's level is the sum of its points", rest=True)
def _(v):
    for u in v.units().values():
        found = [v.cert["design"]["points"][r if isinstance(r, str) else r["tier"]] for r, _ in u["points"]]
        yield from differs((u["level"], [n for _, n in u["points"]]), (min(5, max(0, sum(found))), found), u["id"])
@check("能力和回避排除算得出", "capacity, minimum and blocked units follow from days and officers", rest=True)
def _(v):
    officers, design = v.need("officers"), v.design
    for t, days in enumerate(v.cert["working_days"], 1):
        places = places_of([f"{v.year}-{t:02}-{d:02}" for d in days], officers, v.design["per_day"])
        found = (sum(places.values()) * design["capacity_permille"] // 1000, len(places) * design["daily_minimum"])
        yield from differs((v.cert["capacity"][t - 1], v.cert["minimum"][t - 1]), found, t)
    due = sorted(u for u, x in v.units().items() if v.by_rule and x["count"] < 2 and release_month(x, v.year) <= v.m)
    places = places_of(v.month, officers, design["per_day"])
    found = [{"unit": u, "why": no_pair(u, release_date(v.known[u]), places, officers)} for u in due]
    yield from differs([b for b in v.c["blocked"] if v.is_open(b["unit"])], [b for b in found if b["why"]])
@check("抽中未查的都顺延了", "carried are the units with a pending visit, all of them", rest=True)
def _(v):
    pending = sorted(u for u, x in v.units().items() if x["pending"])
    return differs([u for u in v.c["carried"] if v.is_open(u)], pending)
@check("各组户数算得出，名额不超", "sizes, targets, demands and pools follow from the register; quotas within them")
def _(v):
    v.rest()
    pools, cells = v.pools_and_cells()
    pools = {g: [x for x in pool if x[1] not in v.before] for g, pool in pools.items()}
    cells = [dict(cells[c], cell=c, pool=released(pools[c], v.m)) for c in sorted(cells) if v.by_rule]
    yield from differs([{k: x for k, x in c.items() if k != "quota"} for c in v.c["cells"]], cells)
    yield from differs(v.c["second_pool"], released(pools["second"], v.m) * v.by_rule)
    yield from [c["cell"] for c in v.c["cells"] if c["quota"] > min(c["pool"], c["demand"])]
    total, room = sum(c["quota"] for c in v.c["cells"]) + v.c["second_quota"], v.cert["capacity"][v.m - 1]
    yield from differs(total <= max(0, room - len(v.c["carried"])), True, total)
@check("每个抽签号都能重算", "every ticket is the hash of its line, in order, with pool and size as committed")
def _(v):
    size = {c["cell"]: (c["pool"], c["quota"]) for c in v.c["cells"]}
    size.update(second=(v.c["second_pool"], v.c["second_quota"]), **{g: (len(p), n) for g, (p, n) in v.own().items()})
    yield from differs([d["group"] for d in v.cert["draws"]], [g for g in size if size[g][1]])
    for group, d in ((d["group"], d) for d in v.cert["draws"]):
        own, listed = "campaign/" + v.o.get("id", v.o.get("register", "")), group != "combined"
        key = key_of({"second": "draw/second"}.get(group, "draw/first") if v.by_rule else own, v.cert["seed"])
        pool, n, stated = size[group][0], min(size[group]), d["drawn"] + d["reserve"]
        counts = d["pool"], len(d["drawn"]), len(d["reserve"])
        yield from differs((d["key"], *counts), (key, pool, n, min(max(5, n // 5), pool - n) * listed), group)
        found = sorted((ticket(key, x["unit"]), x["unit"]) for x in stated)
        yield from differs([(x["rank"], x["ticket"], x["unit"]) for x in stated], [(i, *x) for i, x in enumerate(found, 1)])
@check("从小到大取满名额，没有跳过", "the smallest tickets of each pool are drawn, none skipped", rest=True)
def _(v):
    pools = {g: [(0, u) for u in pool] for g, (pool, _) in v.own().items()} or v.pools_and_cells()[0]
    for d in v.cert["draws"]:
        pool = (u for t, u in pools.get(d["group"], []) if t <= v.m and u not in v.before)
        order = sorted((ticket(d["key"], u), u) for u in pool)
        stated = [(x["ticket"], x["unit"]) for x in d["drawn"] + d["reserve"]]
        order = [x for x in order if x <= stated[-1]] if v.hidden and v.by_rule else order[:len(stated)]
        yield from differs([x for x in stated if v.is_open(x[1]) or not v.by_rule], order, d["group"])
@check("一年不超过两次，间隔满六个月", "at most twice a year, six months apart", rest=True)
def _(v):
    for u in (v.units()[x] for x in v.visits if v.is_open(x)):
        day, free = v.cert["plan"]["visits"].get(u["id"], {"day": "9"})["day"], release_date(u)
        yield from differs(v.cert["releases"].get(u["id"]), free, u["id"])
        if u["count"] > 1 or u["pending"] > (u["id"] in v.c["carried"]) or day < (free or ""): yield u["id"]
@check("顺延的按规则产生", "set aside are the visits without a pair, then by lottery those of a tail too full")
def _(v):
    places, stated, key = v.places(), v.cert["plan"]["set_aside"], key_of("day/0", v.cert["seed"])
    visits = {u: v.cert["releases"].get(u, "") for u in v.visits}
    none = {u: no_pair(u, visits[u], places, v.officers()) for u in v.visits}
    found = [{"unit": u, "why": {"reason": "no_pair", "why": none[u]}} for u in v.visits if none[u]]
    def last(units): return max(units, key=lambda u: (ticket(key, u), u))
    def left(): return {u: day for u, day in visits.items() if u not in [x["unit"] for x in found]}
    while tail := late_tail(left(), places): found.append({"unit": last(tail["visits"]), "why": tail})
    yield from differs(stated[:len(found)], found)
    for x in stated[len(found):]: yield from differs((x["why"]["reason"], x["unit"]), ("contested", last(x["why"]["visits"])))
    if len(stated) > len(found) or v.cert["plan"]["attempt"]:
        raise Open("争用执法人员的，只有程序能重复 / contested officers: only the program repeats this")
@check("排定的就是抽中的和结转的，日期算得出", "planned and set aside are those drawn and carried; days follow")
def _(v):
    plan = v.cert["plan"]
    yield from differs(sorted(list(plan["visits"]) + [s["unit"] for s in plan["set_aside"]]), v.visits)
    yield from [f"{u}" for u, x in plan["visits"].items() if x["day"] not in v.days]
    places, key = v.places(), key_of(f"day/{plan['attempt']}", v.cert["seed"])
    days, n = sorted(places), len(plan["visits"])
    visits = {u: max(v.cert["releases"].get(u) or days[0], days[0]) for u in plan["visits"]}
    more = share(max(0, n - len(days)), places, {d: p - 1 for d, p in places.items()})
    first = sorted(days, key=lambda d: ticket(key, d))[:n] if n < len(days) else days
    total = {d: (d in first) + more[d] for d in days}
    for i in range(len(days) - 1, 0, -1):
        while sum(total[d] for d in days[i:]) < sum(r > days[i - 1] for r in visits.values()):
            total[max(days[:i], key=lambda d: (total[d], d))] -= 1
            total[min((d for d in days[i:] if total[d] < places[d]), key=lambda d: (total[d], d))] += 1
    free = {(d, k) for d in days for k in range(1, total[d] + 1)}
    for u in sorted(sorted(visits, key=lambda u: ticket(key, u)), key=visits.get, reverse=True):
        free.discard(place := min((p for p in free if p[0] >= visits[u]), key=lambda p: ticket(key, u, *p)))
        yield from differs(plan["visits"][u]["day"], place[0], u)
@check("两人一组，主办合格，回避", "two officers, a qualified lead, no avoidance; the cost is that of their loads")
def _(v):
    plan, by_id = v.cert["plan"], {o["id"]: o for o in v.officers()}
    duties = [(o, x["day"]) for x in plan["visits"].values() for o in (x["lead"], x["member"])]
    for unit, x in plan["visits"].items():
        lead, other = by_id[x["lead"]], by_id[x["member"]]
        if lead is other or not lead["lead"] or any(unit in o["avoid"] or not present(o, x["day"]) for o in (lead, other)):
            yield f"{unit} {x['lead']} {x['member']}"
    weight = {o: 10**6 // max(1, sum(present(by_id[o], d) for d in v.days)) for o in by_id}
    yield from differs(plan["cost"], sum(weight[o] * sum(o == x for x, _ in duties) ** 2 for o in by_id))
    yield from [f"{duty}" for duty in sorted(set(duties)) if duties.count(duty) > v.design["per_day"]]
def run(v):  # prints every check; whether nothing differs
    code = f"{int(hash_of(v.cert)[:16], 16) % 10**16:016}"
    print("短码，由内容算出 / short code of the contents:", *(code[i:i + 4] for i in range(0, 16, 4)))
    print("公布单位 / published by:", v.brigade(), "演示数据 / made-up data" if v.is_demo() else "")
    unbound = v.unbound()
    if unbound: print("没有校验码约束，不作依据 / bound by no hash, do not rely on:", *unbound)
    if v.file.get("officer_names"): print("检查人员姓名是公布单位自己写的，没有校验码约束 / officers' names: the publisher's word, bound by no hash")
    failed = opened = 0
    for zh, en, rest, function in CHECKS:
        found, why = [], []
        try:
            for difference in function(v): found.append(difference)
            rest and v.rest()
        except Open as lacking: why = [lacking]
        except Exception as error: found.append(f"内容不合格式 / not of the form expected: {error!r}")
        word, failed, opened = "不一致 FAIL" if found else "未核对 OPEN" if why else "通过 PASS", failed + bool(found), opened + (not found and bool(why))
        print(f"{word}  {zh} / {en}", *(found or why)[:9], sep="\n    ")
    if failed: print(f"结论：{failed} 项不一致，不要采信，请向公布单位索取原件。 / {failed} differ: do not rely on this file.")
    elif opened: print(f"结论：没有不一致；{opened} 项未核对，原因见上。 / Nothing differs; {opened} open, for the reasons above.")
    else: print("结论：全部一致。请再对照短码。 / Everything agrees. Now compare the short code.")
    return not failed
def once(pairs):  # an object, no name twice
    if len(dict(pairs)) < len(pairs): raise ValueError("有名字写了两次 / a name stands twice")
    return dict(pairs)
def load(path):
    with open(path.strip().strip("\"'").strip(), encoding="utf-8-sig") as file: text = file.read()
    if text.lstrip()[:1] == "<":  # a published page that carries the file
        text = text.partition('<template id="double-random-verification">')[2].partition("</template>")[0]
        for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")): text = text.replace(escaped, sign)
    return json.loads(text, object_pairs_hook=once)
def main(paths):
    why = "用法 / usage: python3 verify.py 验证文件.json" if not paths else ""
    try:
        files = [load(path) for path in paths[:2]]
        whole = files[0] if "certificate" in files[0] else {"certificate": files[0], "register": (files + [None])[1]}
        draw = Draw(whole)
        draw.is_file = whole is files[0]
        return int(not run(draw))
    except FileNotFoundError as error: why = f"没有这个文件 / no such file: {error.filename}"
    except (OSError, UnicodeDecodeError) as error: why = f"文件打不开，或不是文本 / cannot be opened, or is no text: {error}"
    except ValueError as error: why = f"不是完整的 JSON，可能被改过或没有下载完 / not whole JSON: {error}"
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        why = why or f"不是验证文件或抽取证书 / neither verification file nor certificate: {error!r}"
    print(why, "结论：没有核对。 / Nothing was checked.", sep="\n")
    return 2
if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
