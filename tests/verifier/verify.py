#!/usr/bin/env python3
"""核对一次抽查 / Repeats one draw of record format frs1 from what was published of it.

    python3 verify.py certificate.json [register.json]

Needs Python 3.8 and nothing else; reads only the files named. Exit status 0: nothing differs; 1: something does;
2: a file cannot be read. Written from the definitions, not from the program. Quotas and teams are held to their limits;
that quotas are the even load's, and teams the first in lottery order, only the program repeats.
"""
import calendar, hashlib, json, sys
from datetime import date

FLOOR = {"A": 10**9, "B": 800_000_000, "C": 200_000_000}
CHECKS = []

class Open(Exception): """What a check would need is not published."""

def check(zh, en): return lambda function: CHECKS.append((zh, en, function)) or function

def differs(stated, found, name=""):
    return [] if stated == found else [f"{name} {str(stated)[:200]} ≠ {str(found)[:200]}"]

def sha(text): return hashlib.sha256(text.encode()).hexdigest()

def digest(value):
    return sha(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))

def key_of(purpose, seed): return sha(f"frs1|key|{purpose}|{seed}")[:32]

def ticket(key, *parts): return sha("|".join(map(str, (key, *parts))))

def release_date(unit):
    """The last inspection and six months, clipped to the month's end; None: any day."""
    if not unit["last"]:
        return None
    year, month, day = map(int, unit["last"].split("-"))
    year, month = year + (month + 5) // 12, (month + 5) % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()

def release_month(unit, year):
    free = date.fromisoformat(release_date(unit) or "0001-01-01")
    return 1 if free.year < year else 13 if free.year > year else free.month + (free.day > 10)

def share(total, weights, caps):
    """LR: largest remainders under caps."""
    total, parts, left = min(total, sum(caps)), [0] * len(caps), [i for i, cap in enumerate(caps) if cap]
    while left:
        weight = {i: weights[i] if any(weights[j] for j in left) else 1 for i in left}
        quotient = {i: divmod(total * weight[i], sum(weight.values())) for i in left}
        full = [i for i in left if quotient[i][0] >= caps[i]]
        if not full:
            best = sorted(left, key=lambda i: (-quotient[i][1], i))[:total - sum(q for q, _ in quotient.values())]
            return [quotient[i][0] + (i in best) if i in left else parts[i] for i in range(len(caps))]
        for i in full:
            parts[i], total = caps[i], total - caps[i]
        left = [i for i in left if i not in full]
    return parts

def present(officer, day):
    return day not in officer["absent"] and (officer["certificate_until"] or day) >= day

def places_of(days, officers, per_day):
    places = {}
    for d in days:
        lead = [o["lead"] for o in officers if present(o, d)]
        places[d] = min(per_day * sum(lead), per_day * len(lead) // 2) if len(lead) > 1 else 0
    return {d: p for d, p in places.items() if p}

class Month:
    """Demands and pools of one month (section 3), with or without the early cell."""
    def __init__(self, draw, early):
        self.draw, self.m, self.design, self.early = draw, draw.m, draw.cert["design"], early
        self.pools, self.cells, in_early = {}, {}, {}
        for u in draw.units.values():
            own, (name, month) = f"{u['stratum']}{u['level']}", self.pool(u)
            cell = self.cells.setdefault(own, {"size": 0, "committed": 0})
            cell.update(size=cell["size"] + 1, committed=cell["committed"] + (u["count"] > 0 or u["pending"]))
            if name:
                self.pools.setdefault(name, []).append((month, u["id"]))
                in_early[own] = in_early.get(own, 0) + (name == "E")
        for name, cell in self.cells.items():
            part = max(FLOOR[name[0]], self.design["shares"]["ABC".index(name[0])][int(name[1])])
            cell["target"] = -(-part * cell["size"] // 10**9)
            lack = max(0, cell["target"] - cell["committed"] - in_early.get(name, 0))
            cell["demand"] = min(lack, self.released(name, 12))
        for s in "ABC":
            own = sorted((n for n in self.cells if n[0] == s), reverse=True)
            met = sum(self.cells[n]["committed"] + in_early.get(n, 0) + self.cells[n]["demand"] for n in own)
            lack = max(0, -(-FLOOR[s] * sum(self.cells[n]["size"] for n in own) // 10**9) - met)
            for n in own:
                more = min(lack, self.released(n, 12) - self.cells[n]["demand"])
                self.cells[n]["demand"], lack = self.cells[n]["demand"] + more, lack - more
        if "E" in self.pools:
            self.cells["E"] = dict(dict.fromkeys(("size", "target", "demand"), len(self.pools["E"])), committed=0)

    def pool(self, u):
        """Name of a unit's pool, if it has one, and its release month."""
        month = self.m + 1 if u["id"] in self.draw.blocked else max(self.m, release_month(u, self.draw.year))
        twice = u["level"] >= self.design["twice_level"]
        if twice and u["count"] == 1 and not u["pending"] and month == self.m:
            return "second", month
        if u["count"] > 0 or u["pending"] or month > 12:
            return None, month
        early = self.early and self.m <= 5 and month <= 5 and u["stratum"] != "C" and twice
        return ("E" if early else f"{u['stratum']}{u['level']}"), month

    def released(self, name, t):
        return sum(month <= t for month, _ in self.pools.get(name, []))

class Draw:
    """A certificate, the register published with it, and what follows from both."""
    def __init__(self, cert, register):
        self.cert, self.c, self.register = cert, cert["commitment"], register
        self.year, self.m = map(int, self.c["month"].split("-"))
        self.blocked, self.per_day = {b["unit"] for b in self.c["blocked"]}, cert["design"]["per_day"]
        self.days = [f"{self.c['month']}-{d:02}" for d in cert["working_days"][self.m - 1]]
        self.visits = sorted({x["unit"] for d in cert["draws"] for x in d["drawn"]} | set(self.c["carried"]))
        self.hidden, units = (len(register["withheld"]), register["units"]) if register else (0, [])
        self.known = {u["id"]: u for u in units}

    def need(self, field):
        if not self.register or self.register[field] is None:
            raise Open(f"没有公布 / not published: {field}")
        return self.register[field]

    @property
    def units(self):
        return self.need("units") and self.known

    def key(self, group):
        return key_of("draw/second" if group == "second" else "draw/first", self.cert["seed"])

    def pool(self, group):
        month = Month(self, self.c["mode"] == "full")
        return sorted((ticket(self.key(group), u), u) for t, u in month.pools.get(group, []) if t <= self.m)

@check("证书没有改动", "the certificate has the format known and the hash it names")
def _(v):
    yield from differs(v.cert["format"], "frs1")
    yield from differs(v.cert["hash"], digest({k: x for k, x in v.cert.items() if k != "hash"}))

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

@check("随机数如约", "the entropy is as promised, and missing reveals are named")
def _(v):
    entropy, plan = v.cert["entropy"], v.c["entropy"]
    given = entropy.get("contributions", [])
    yield from differs(entropy["kind"], plan["kind"]) + differs(v.cert["entropy_hash"], digest(entropy))
    yield from differs([{k: g[k] for k in ("hash", "witness")} for g in given], plan.get("promises", []))
    yield from differs(v.cert["missing_reveals"], [g["witness"] for g in given if not g["reveal"]])
    for g in (g for g in given if g["reveal"]):
        found = sha(f"frs1|promise|{g['witness']}|{g['reveal']['salt']}|{g['reveal']['words']}")
        yield from differs(g["hash"], found, g["witness"])
    yield from differs(entropy.get("from") in (plan.get("named"), plan.get("fallback")), True, "from")

@check("种子算得出", "the seed follows from month, number, genesis and entropy")
def _(v):
    yield from differs(v.cert["seed"], ticket("frs1|seed", v.c["month"], v.c["number"], v.c["genesis"],
                                              v.cert["entropy_hash"]))

@check("名录就是承诺的名录", "units and officers have the roots committed to")
def _(v):
    leaves = [digest(u) for u in v.need("units")] + v.need("withheld")
    yield from differs(v.c["snapshot_root"], digest(sorted(leaves))) + differs(len(v.need("units")), len(v.known))
    if v.register["officers"] is not None:
        yield from differs(v.c["officers_root"], digest(sorted(map(digest, v.register["officers"]))))

@check("等级等于分数之和", "each unit's level is the sum of its points")
def _(v):
    table = v.cert["design"]["points"]
    for u in v.units.values():
        parts = [(reason if isinstance(reason, str) else reason["tier"], n) for reason, n in u["points"]]
        found = [table[reason] for reason, _ in parts]
        yield from differs((u["level"], [n for _, n in parts]), (min(5, max(0, sum(found))), found), u["id"])

@check("能力和回避排除算得出", "capacity, minimum and blocked units follow from days and officers")
def _(v):
    officers, design = v.need("officers"), v.cert["design"]
    for t, days in enumerate(v.cert["working_days"], 1):
        places = places_of([f"{v.year}-{t:02}-{d:02}" for d in days], officers, v.per_day)
        found = (sum(places.values()) * design["capacity_permille"] // 1000, len(places) * design["daily_minimum"])
        yield from differs((v.cert["capacity"][t - 1], v.cert["minimum"][t - 1]), found, t)
    days, due = places_of(v.days, officers, v.per_day), [u for u in v.units.values() if u["count"] < 2]
    def has_pair(u):
        there = ([o["lead"] for o in officers if present(o, d) and u["id"] not in o["avoid"]]
                 for d in days if d >= (release_date(u) or d))
        return any(len(lead) > 1 and any(lead) for lead in there)
    found = {u["id"] for u in due if release_month(u, v.year) <= v.m and not has_pair(u)}
    yield from differs(sorted(x for x in v.blocked if x in v.known or not v.hidden), sorted(found))

@check("各组户数算得出，名额不超", "sizes, targets, demands and pools follow from the register; quotas within them")
def _(v):
    if v.units and v.hidden:
        raise Open(f"不公开 / withheld: {v.hidden}")
    month, pooled = Month(v, v.c["mode"] == "full"), v.c["second_pool"]
    cells = [dict(month.cells[c], cell=c, pool=month.released(c, v.m)) for c in sorted(month.cells)]
    yield from differs([{k: x for k, x in c.items() if k != "quota"} for c in v.c["cells"]], cells)
    yield from differs(pooled, month.released("second", v.m))
    yield from [c["cell"] for c in v.c["cells"] if c["quota"] > min(c["pool"], c["demand"])]
    total, room = sum(c["quota"] for c in v.c["cells"]) + v.c["second_quota"], v.cert["capacity"][v.m - 1]
    yield from differs(total <= max(0, room - len(v.c["carried"])), True, total)

@check("每个抽签号都能重算", "every ticket is the hash of its line, in order, with pool and size as committed")
def _(v):
    size = dict({c["cell"]: (c["pool"], c["quota"]) for c in v.c["cells"]}, second=(v.c["second_pool"], v.c["second_quota"]))
    yield from differs([d["group"] for d in v.cert["draws"]], [g for g in sorted(size) if size[g][1]])
    for d in v.cert["draws"]:
        key, (pool, n), stated = v.key(d["group"]), size[d["group"]], d["drawn"] + d["reserve"]
        yield from differs((d["key"], d["pool"], len(d["drawn"])), (key, pool, min(n, pool)), d["group"])
        yield from differs(len(d["reserve"]), min(max(5, n // 5), pool - min(n, pool)), d["group"])
        found = sorted((ticket(key, x["unit"]), x["unit"]) for x in stated)
        yield from differs([(x["ticket"], x["unit"]) for x in stated], found)
        yield from differs([x["rank"] for x in stated], list(range(1, len(stated) + 1)))

@check("从小到大取满名额，没有跳过", "the smallest tickets of each pool are drawn, none skipped")
def _(v):
    for d in v.units and v.cert["draws"]:
        order, stated = v.pool(d["group"]), [(x["ticket"], x["unit"]) for x in d["drawn"] + d["reserve"]]
        order = [x for x in order if not v.hidden or x <= stated[-1]]
        stated = [x for x in stated if not v.hidden or x[1] in v.known]
        yield from differs(stated, order[:len(stated)] if not v.hidden else order, d["group"])

@check("一年不超过两次，间隔满六个月", "at most twice a year, six months apart")
def _(v):
    for u in (v.known[x] for x in v.visits if v.units and x in v.known):
        day, free = v.cert["plan"]["visits"].get(u["id"], {"day": "9"})["day"], release_date(u)
        yield from differs(v.cert["releases"].get(u["id"]), free, u["id"])
        if u["count"] > 1 or u["pending"] > (u["id"] in v.c["carried"]) or day < (free or ""):
            yield u["id"]

@check("排定的就是抽中的和结转的，日期算得出", "planned and set aside are those drawn and carried; days follow")
def _(v):
    plan = v.cert["plan"]
    yield from differs(sorted(list(plan["visits"]) + [s["unit"] for s in plan["set_aside"]]), v.visits)
    yield from [f"{u}" for u, x in plan["visits"].items() if x["day"] not in v.days]
    places, key = places_of(v.days, v.need("officers"), v.per_day), key_of(f"day/{plan['attempt']}", v.cert["seed"])
    days, n = sorted(places), len(plan["visits"])
    visits = {u: max(v.cert["releases"].get(u) or days[0], days[0]) for u in plan["visits"]}
    more = share(n - len(days), [places[d] for d in days], [places[d] - 1 for d in days]) if n >= len(days) else []
    total = {d: 1 + x for d, x in zip(days, more)}
    total = total or {d: int(d in sorted(days, key=lambda d: ticket(key, d))[:n]) for d in days}
    for i in range(len(days) - 1, 0, -1):
        while sum(total[d] for d in days[i:]) < sum(r > days[i - 1] for r in visits.values()):
            total[max(days[:i], key=lambda d: (total[d], d))] -= 1
            total[min((d for d in days[i:] if total[d] < places[d]), key=lambda d: (total[d], d))] += 1
    free = {(d, k) for d in days for k in range(1, total[d] + 1)}
    for u in sorted(sorted(visits, key=lambda u: ticket(key, u)), key=visits.get, reverse=True):
        place = min((p for p in free if p[0] >= visits[u]), key=lambda p: ticket(key, u, *p))
        free.discard(place)
        yield from differs(plan["visits"][u]["day"], place[0], u)

@check("两人一组，主办合格，回避", "two officers, a qualified lead, no avoidance; the cost is that of their loads")
def _(v):
    plan, by_id, duty = v.cert["plan"], {o["id"]: o for o in v.need("officers")}, {}
    load = dict.fromkeys(by_id, 0)
    for unit, x in plan["visits"].items():
        pair = [by_id[x["lead"]], by_id[x["member"]]]
        if pair[0] is pair[1] or not pair[0]["lead"] or any(unit in o["avoid"] or not present(o, x["day"]) for o in pair):
            yield f"{unit} {x['lead']} {x['member']}"
        for o in (x["lead"], x["member"]):
            load[o], duty[o, x["day"]] = load[o] + 1, duty.get((o, x["day"]), 0) + 1
    weight = {o: 10**6 // max(1, sum(present(by_id[o], d) for d in v.days)) for o in by_id}
    yield from differs(plan["cost"], sum(weight[o] * load[o] ** 2 for o in by_id))
    yield from differs(max(duty.values(), default=0) <= v.per_day, True)

def run(v):
    """Prints every check; whether nothing differs."""
    code, holds = f"{int(v.cert['hash'][:16], 16) % 10**16:016}", True
    print("短码 / short code:", *(code[i:i + 4] for i in range(0, 16, 4)))
    for zh, en, function in CHECKS:
        try:
            found = list(function(v))
            word, holds = ("不一致 FAIL", False) if found else ("通过 PASS", holds)
        except Open as why:
            word, found = "未核对 OPEN", [why]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            word, found, holds = "不一致 FAIL", [repr(error)], False
        print(f"{word}  {zh} / {en}", *found[:9], sep="\n    ")
    return holds

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    try:
        files = [json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3]]
        files = [files[0]["certificate"], files[0].get("register")] if "certificate" in files[0] else files + [None]
        draw = Draw(*files[:2])
    except (OSError, IndexError, KeyError, TypeError, ValueError) as error:
        sys.exit(print("读不出 / cannot be read:", repr(error)) or 2)
    sys.exit(not run(draw))
