#!/usr/bin/env python3
"""Random cases of the sampling engine, solved again from its definitions.

    python3 oracle.py SEED > cases.json

Prints cases of the shape of `engine-vectors.json` (apportionment, quotas, places, days, teams, plans), the
same for the same SEED. Written from the definitions alone and as plainly as they stand: teams and contested
visits by trying every plan, so cases are small. `tests/engine_vectors.rs` holds the engine against them.
"""
import datetime, hashlib, json, random, sys

rng = random.Random(int(sys.argv[1]))


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(purpose, seed):
    return sha(f"frs1|key|{purpose}|{seed}")[:32]


def ticket(key, *parts):
    return sha("|".join([key, *map(str, parts)]))


def largest_remainders(total, weights, caps):
    total, result = min(total, sum(caps)), [0] * len(caps)
    left = [i for i in range(len(caps)) if caps[i] > 0]
    while left:
        weight = {i: weights[i] for i in left}
        if not any(weight.values()):
            weight = dict.fromkeys(left, 1)
        part = {i: divmod(total * weight[i], sum(weight.values())) for i in left}
        full = [i for i in left if part[i][0] >= caps[i]]
        if not full:
            for i in left:
                result[i] = part[i][0]
            rest = total - sum(quotient for quotient, _ in part.values())
            for i in sorted(left, key=lambda i: (-part[i][1], i))[:rest]:
                result[i] += 1
            break
        for i in full:
            result[i], total = caps[i], total - caps[i]
        left = [i for i in left if i not in full]
    return result


def sweep(first, capacity, early, late):
    """None if all jobs can be made in time, else the window that lacks most. Months are 1…12."""
    def window(jobs, end):
        lacks = []
        for start in range(first, end + 1):
            before = jobs(start - 1) if start > first else 0
            lacks.append((jobs(end) - before - sum(capacity[start:end + 1]), start))
        lack, start = max(lacks)
        return {"first": start, "last": end, "lack": lack}
    early_done = late_done = 0
    for t in range(first, 13):
        made = min(capacity[t], early[t] - early_done)
        early_done += made
        late_done += min(capacity[t] - made, late[t] - late_done)
        if t == 5 and early_done < early[5]:
            return window(lambda t: early[t], 5)
    if late_done < late[12]:
        return window(lambda t: early[t] + late[t], 12)
    return None


def solve_quotas(m, carried, capacity, season, minimum, cells):
    """Quota and theta, or the window and what fits."""
    capacity, minimum, season = [0, *capacity], [0, *minimum], [0, *season]
    beyond = max(0, carried - capacity[m])
    capacity[m], minimum[m] = max(0, capacity[m] - carried), max(0, minimum[m] - carried)
    if m < 12:
        capacity[m + 1] = max(0, capacity[m + 1] - beyond)
    names = sorted(cells)
    others = [c for c in names if c != "E"]

    def available(c, t):
        return min(cells[c]["demand"], cells[c]["released"][t - 1])
    months = range(13)
    early = [available("E", t) if "E" in cells and t >= m else 0 for t in months]
    late = [sum(available(c, t) for c in others) if t >= m else 0 for t in months]
    window = sweep(m, capacity, early, late)
    if window:
        fits = largest_remainders(capacity[m], [cells[c]["demand"] for c in names], [available(c, m) for c in names])
        return {"infeasible": window, "what_fits": dict(zip(names, fits))}
    needed = sum(min(minimum[t], capacity[t]) for t in range(m, 13))
    if early[12] + late[12] < needed:
        minimum = [0] * 13

    def levels(theta):
        even = [theta * season[t] // 10**6 for t in months]
        return [min(capacity[t], max(minimum[t], even[t])) if t >= m else 0 for t in months]
    low, high = 0, 2**40
    while low < high:
        theta = (low + high) // 2
        low, high = (low, theta) if sweep(m, levels(theta), early, late) is None else (theta + 1, high)
    level = levels(low)
    due = min(level[m], early[m] + late[m])
    n_early = early[5] if "E" in cells and m == 5 else 0
    if "E" in cells and m < 5:
        share = -(-cells["E"]["demand"] * season[m] // sum(season[m:6]))
        n_early = max(min(share, early[m], due), due - late[m])
        while sweep(m + 1, level, [x - n_early for x in early], [x - (due - n_early) for x in late]):
            n_early += 1
    rest = largest_remainders(due - n_early, [cells[c]["demand"] for c in others], [available(c, m) for c in others])
    quota = dict(zip(others, rest)) | ({"E": n_early} if "E" in cells else {})
    return {"quota": quota, "theta": low}


def lay_days(key, places, release):
    """Days of the visits, or the visits of the latest tail that lacks places."""
    days, visits = sorted(places), sorted(release)
    for i in reversed(range(len(days))):
        late = [v for v in visits if i == 0 or (release[v] or "") > days[i - 1]]
        if len(late) > sum(places[d] for d in days[i:]):
            return {"late_tail": late}
    from_day = {v: max(release[v] or days[0], days[0]) for v in visits}
    if len(visits) >= len(days):
        more = largest_remainders(len(visits) - len(days), [places[d] for d in days], [places[d] - 1 for d in days])
        total = {d: 1 + x for d, x in zip(days, more)}
    else:
        chosen = sorted(days, key=lambda d: ticket(key, d))[:len(visits)]
        total = {d: int(d in chosen) for d in days}
    for i in reversed(range(1, len(days))):
        while sum(total[d] for d in days[i:]) < sum(from_day[v] > days[i - 1] for v in visits):
            total[max(days[:i], key=lambda d: (total[d], d))] -= 1
            total[min((d for d in days[i:] if total[d] < places[d]), key=lambda d: (total[d], d))] += 1
    free = [(d, k) for d in days for k in range(1, total[d] + 1)]
    result = {}
    for v in sorted(sorted(visits, key=lambda v: ticket(key, v)), key=from_day.get, reverse=True):
        place = min((p for p in free if p[0] >= from_day[v]), key=lambda p: ticket(key, v, *p))
        free.remove(place)
        result[v] = place[0]
    return {"result": result}


def is_present(officer, day):
    return day not in officer["leave"]


def assign_teams(key, days, per_day, plan, officers):
    """Cost and teams by trying every plan in lottery order, or the contested visits."""
    order = sorted(plan, key=lambda v: ticket(key, v))
    weight = {o["id"]: 10**6 // max(1, sum(is_present(o, d) for d in days)) for o in officers}

    def seats(visit, is_member):
        own = sorted(officers, key=lambda o: ticket(key, visit, o["id"]))
        fits = [o for o in own if is_present(o, plan[visit]) and visit not in o["avoid"]]
        return [o["id"] for o in fits if is_member or o["lead"]]
    slots = [(v, is_member, seats(v, is_member)) for v in order for is_member in (False, True)]
    load, duty = dict.fromkeys(weight, 0), {}
    best = {"cost": None, "teams": None}

    def full_plans(at, held):
        cost = sum(weight[o] * load[o]**2 for o in load)
        if best["cost"] is not None and cost >= best["cost"]:
            return  # costs only grow, and the first of equal cost came before
        if at == len(slots):
            best.update(cost=cost, teams={v: held[2 * i:2 * i + 2] for i, v in enumerate(order)})
            return
        visit, is_member, list_ = slots[at]
        for o in list_:
            day = (o, plan[visit])
            if (is_member and held[-1] == o) or duty.get(day, 0) >= per_day:
                continue
            duty[day], load[o] = duty.get(day, 0) + 1, load[o] + 1
            full_plans(at + 1, held + [o])
            duty[day], load[o] = duty[day] - 1, load[o] - 1
    full_plans(0, [])
    if best["teams"] is not None:
        return best
    most = [-1, set()]

    def partial_plans(at, filled, empty, lead):
        if filled + len(slots) - at < most[0]:
            return
        if at == len(slots):
            most[1] = most[1] | empty if filled == most[0] else empty
            most[0] = filled
            return
        visit, is_member, list_ = slots[at]
        for o in list_:
            day = (o, plan[visit])
            if (is_member and lead == o) or duty.get(day, 0) >= per_day:
                continue
            duty[day] = duty.get(day, 0) + 1
            partial_plans(at + 1, filled + 1, empty, o)
            duty[day] -= 1
        partial_plans(at + 1, filled, empty | {visit}, None)
    partial_plans(0, 0, set(), None)
    return {"contested": sorted(most[1])}


def count_places(present, lead, per_day):
    return min(per_day * lead, per_day * present // 2) if present > 1 else 0


def day_places(days, officers, per_day):
    places = {}
    for d in days:
        there = [o["lead"] for o in officers if is_present(o, d)]
        places[d] = count_places(len(there), sum(there), per_day)
    return {d: p for d, p in places.items() if p}


def plan_month(seed, days, per_day, release, officers):
    places, visits, set_aside = day_places(days, officers, per_day), dict(release), []

    def has_pair(visit):
        for d in places:
            there = [o["lead"] for o in officers if is_present(o, d) and visit not in o["avoid"]]
            if d >= (visits[visit] or d) and len(there) > 1 and any(there):
                return True
        return False

    def falls_out(some):
        visit = max(some, key=lambda v: ticket(key_of("day/0", seed), v))
        set_aside.append(visit)
        del visits[visit]
    for visit in sorted(visits):
        if not has_pair(visit):
            set_aside.append(visit)
            del visits[visit]
    while True:
        if not visits:
            return {"attempt": 0, "set_aside": set_aside, "plan": {}}
        late = lay_days(key_of("day/0", seed), places, visits).get("late_tail")
        if late:
            falls_out(late)
            continue
        contested = None
        for attempt in range(20):
            laid = lay_days(key_of(f"day/{attempt}", seed), places, visits)["result"]
            found = assign_teams(key_of(f"team/{attempt}", seed), days, per_day, laid, officers)
            if "teams" in found:
                plan = {v: [laid[v], *found["teams"][v]] for v in visits}
                return {"attempt": attempt, "set_aside": set_aside, "plan": plan}
            contested = contested or found["contested"]
        falls_out(contested)


def some_days(count):
    day, days = datetime.date(2026, rng.randint(1, 12), rng.randint(1, 8)), []
    while len(days) < count:
        if rng.random() < 0.75:
            days.append(day.isoformat())
        day += datetime.timedelta(1)
    return days


def some_officers(count, days, visits, lead, leave, avoid):
    return [{"id": f"P{i:02}", "lead": rng.random() < lead,
             "leave": [d for d in days if rng.random() < leave],
             "avoid": [v for v in visits if rng.random() < avoid]} for i in range(count)]


def some_key():
    return f"{rng.getrandbits(128):032x}"


def apportionment_case():
    parts, flat = rng.randint(1, 8), rng.random() < 0.2
    weights = [0 if flat else rng.choice([0, rng.randint(0, 20), rng.randint(0, 10**6)]) for _ in range(parts)]
    caps = [rng.choice([0, rng.randint(0, 5), rng.randint(0, 60)]) for _ in range(parts)]
    total = rng.choice([0, rng.randint(0, 10), rng.randint(0, 200)])
    return {"total": total, "weights": weights, "caps": caps, "result": largest_remainders(total, weights, caps)}


def some_releases(count, months):
    released = [0] * 12
    for month in (rng.choice(months) for _ in range(count)):
        released = [n + (t + 1 >= month) for t, n in enumerate(released)]
    return released


def quota_case():
    m, scale = rng.randint(1, 12), rng.choice([3, 10, 40])
    cells = {}
    for cell in rng.sample([f"{s}{level}" for s in "ABC" for level in range(6)], rng.randint(1, 6)):
        size = rng.randint(0, scale)
        cells[cell] = {"demand": rng.randint(0, size), "released": some_releases(size, [m, *range(m, 13)])}
    if m <= 5 and rng.random() < 0.6:
        size = rng.randint(1, scale)
        cells["E"] = {"demand": size, "released": some_releases(size, range(m, 6))}
    even = max(1, sum(cell["demand"] for cell in cells.values()) * rng.choice([1, 1.3, 2, 4]) / (13 - m))
    case = {
        "month": m, "carried": rng.choice([0, 0, rng.randint(0, scale)]),
        "capacity": [rng.choice([0, int(even), int(even), rng.randint(0, int(2 * even) + 1)]) for _ in range(12)],
        "season": [rng.choice([1, 12, rng.randint(1, 20)]) for _ in range(12)],
        "month_minimum": [rng.choice([0, 0, rng.randint(0, 5)]) for _ in range(12)],
        "cells": cells,
    }
    solved = solve_quotas(m, case["carried"], case["capacity"], case["season"], case["month_minimum"], cells)
    return case | solved


def places_case():
    present, per_day = rng.randint(0, 12), rng.randint(1, 4)
    lead = rng.randint(0, present)
    return {"present": present, "lead": lead, "per_day": per_day, "places": count_places(present, lead, per_day)}


def days_case():
    days = some_days(rng.randint(1, 8))
    places = {d: rng.randint(1, 4) for d in days}
    count = rng.randint(1, min(sum(places.values()) + 1, rng.choice([3, 8, 20])))

    def release():
        near = datetime.date.fromisoformat(rng.choice(days)) + datetime.timedelta(rng.randint(-3, 2))
        return rng.choice([None, rng.choice(days), min(days[-1], near.isoformat())])
    case = {"key": some_key(), "places": places, "release": {f"V{i:02}": release() for i in range(count)}}
    return case | lay_days(case["key"], places, case["release"])


def teams_case():
    days, visits = some_days(rng.randint(1, 4)), [f"T{i:02}" for i in range(rng.randint(1, 4))]
    officers = some_officers(rng.randint(2, 5), days, visits, rng.choice([0.4, 0.8]), 0.15, 0.15)
    case = {"key": some_key(), "days": days, "per_day": rng.randint(1, 2),
            "plan": {v: rng.choice(days) for v in visits}, "officers": officers}
    return case | assign_teams(case["key"], days, case["per_day"], case["plan"], officers)


def plan_case():
    days, visits = some_days(rng.randint(2, 6)), [f"V{i:02}" for i in range(rng.randint(2, 5))]
    case = {"seed": sha(str(rng.random())), "days": days, "per_day": rng.randint(1, 2),
            "release": {v: rng.choice([None, rng.choice(days)]) for v in visits},
            "officers": some_officers(rng.randint(2, 4), days, visits, 0.8, 0.25, 0.3)}
    return case | plan_month(**case)


CASES = {"apportionment": (apportionment_case, 1000), "quotas": (quota_case, 2000), "places": (places_case, 50),
         "days": (days_case, 500), "teams": (teams_case, 200), "plans": (plan_case, 60)}
json.dump({name: [case() for _ in range(count)] for name, (case, count) in CASES.items()}, sys.stdout)
