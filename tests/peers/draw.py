"""How long other programs take to draw a tenth of a pool; the fastest of three, milliseconds.

consistent_sampler (Rivest, Stark): lottery numbers by SHA-256, as this program; numpy: a
pseudo-random choice without numbers that anybody could work out again.
"""

import time

import numpy
from consistent_sampler import sampler

SIZES = (2_400, 10_000, 100_000, 1_000_000)


def fastest(work, times=3):
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return min(spent)


def by_hash(size):
    ids = [f"NG-{number:07d}" for number in range(size)]
    times = 3 if size < 1_000_000 else 1
    return fastest(lambda: list(sampler(ids, seed="bench", take=size // 10)), times)


def by_numpy(size):
    generator = numpy.random.default_rng(1)
    return fastest(lambda: generator.choice(size, size // 10, replace=False))


for name, work in (("consistent_sampler", by_hash), ("numpy choice", by_numpy)):
    print(f"{name:<34}" + "".join(f"{work(size):>11.1f}" for size in SIZES), flush=True)
