"""Many readers at once: how long answers take, and whether any fails, while articles are being added.

Each reader has one connection, asks, waits for the whole answer, pauses, asks again, as a person or a polling program does. What is asked is a
fixed mixture of pages and of the API, over ids that the register holds. Meanwhile another process adds the articles of `--later` in portions.
A summary goes to standard output as JSON. Exit status 1: an error, or a 95th percentile over `--p95`. Only the loopback may be read.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
import urllib.parse
import urllib.request
from pathlib import Path


def options():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--at", required=True)
    p.add_argument("--desk", type=int, help="process whose memory is measured")
    p.add_argument("--readers", type=int, default=200)
    p.add_argument("--seconds", type=float, default=20)
    p.add_argument("--pause", type=float, default=1)
    p.add_argument("--p95", type=float)
    p.add_argument("--sijill")
    p.add_argument("--register")
    p.add_argument("--later", type=Path)
    p.add_argument("--work", type=Path, default=Path("."))
    p.add_argument("--portion", type=int, default=20, help="articles added at a time")
    a = p.parse_args()
    at = urllib.parse.urlsplit(a.at)
    if at.hostname != "127.0.0.1" or not 1 <= a.readers <= 2_000 or not 1 <= a.seconds <= 600:
        p.error("expected an address of the loopback, at most 2000 readers and 600 seconds")
    return a, at.hostname, at.port


def get(base, path):
    with urllib.request.urlopen(base + path, timeout=60) as r:
        return json.load(r)


def mixture(base):
    """Addresses with their weights: what people open, and what programs poll."""
    quoted = lambda s: urllib.parse.quote(s, safe=":")
    events = [e["event"] for e in get(base, "/api/events?limit=100")["items"]]
    actors = [a["id"] for a in get(base, "/api/actors?limit=40")["items"]]
    states = [a["id"] for a in get(base, "/api/actors?type=country&limit=12")["items"]]
    articles = [a["article"] for a in get(base, "/api/articles?limit=100")["items"]]
    words = [w for a in get(base, "/api/articles?limit=20")["items"] for w in (a["title"] or "").split()[:2]]
    pair = lambda: random.sample(states, 2)
    out = [
        (6, "front", lambda: "/"),
        (8, "events", lambda: "/events?" + urllib.parse.urlencode({"actor": random.choice(states)})),
        (8, "event", lambda: "/events/" + random.choice(events)),
        (8, "actor", lambda: "/actors/" + quoted(random.choice(actors))),
        (8, "timeline", lambda: "/timeline?" + urllib.parse.urlencode([("actor", x) for x in pair()])),
        (6, "article", lambda: "/articles/" + random.choice(articles)),
        (6, "search", lambda: "/search?" + urllib.parse.urlencode({"q": random.choice(words)})),
        (8, "api events", lambda: "/api/events?limit=20"),
        (6, "api event", lambda: "/api/events/" + random.choice(events)),
        (4, "api timeline", lambda: "/api/timeline?" + urllib.parse.urlencode([("actor", x) for x in pair()])),
        (4, "api search", lambda: "/api/search?" + urllib.parse.urlencode({"q": random.choice(words)})),
        (4, "api statements", lambda: "/api/statements?" + urllib.parse.urlencode({"speaker": random.choice(states)})),
        (2, "api standing", lambda: "/api/standing?" + urllib.parse.urlencode(dict(zip(("one", "other"), pair())))),
    ]
    # A page that this desk does not have is left out, and said so.
    there, missing = [], []
    for weight, name, make in out:
        try:
            with urllib.request.urlopen(base + make(), timeout=60) as r:
                r.read()
            there.append((weight, name, make))
        except urllib.error.HTTPError as e:
            (missing if e.code == 404 else there).append((weight, name, make))
    return there, [m[1] for m in missing]


class Reader:
    def __init__(self, host, port, seen, failed):
        self.host, self.port, self.seen, self.failed = host, port, seen, failed
        self.stream = None

    async def ask(self, name, path):
        began = time.perf_counter()
        try:
            async with asyncio.timeout(60):
                if self.stream is None:
                    self.stream = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
                r, w = self.stream
                w.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
                await w.drain()
                head = (await r.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                status = int(head.split(" ", 2)[1])
                fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
                if "content-length" in fields:
                    await r.readexactly(int(fields["content-length"]))
                elif fields.get("transfer-encoding") == "chunked":
                    while size := int((await r.readuntil(b"\r\n")).split(b";")[0], 16):
                        await r.readexactly(size + 2)
                    await r.readexactly(2)
                if fields.get("connection") == "close":
                    self.close()
                if status != 200:
                    self.failed.append(f"{status} {path}")
        except Exception as e:
            self.failed.append(f"{type(e).__name__} {path}")
            self.close()
            return
        self.seen.setdefault(name, []).append((time.perf_counter() - began) * 1000)

    def close(self):
        if self.stream:
            self.stream[1].close()
        self.stream = None


async def read(a, host, port, mix, until, seen, failed, n):
    reader = Reader(host, port, seen, failed)
    weights = [m[0] for m in mix]
    # Not all at the same moment.
    await asyncio.sleep(random.random() * max(a.pause, 0.2))
    while time.monotonic() < until:
        _, name, make = random.choices(mix, weights)[0]
        await reader.ask(name, make())
        await asyncio.sleep(a.pause * (0.5 + random.random()))
    reader.close()


async def add(a, until, added):
    """Adds the later articles in portions, with another process, until time is over; what is left is added at the end."""
    if not a.later:
        return
    lines = a.later.read_text(encoding="utf-8").splitlines(keepends=True)
    portion = a.work / "portion.jsonl"
    for at in range(0, len(lines), a.portion):
        if time.monotonic() > until:
            return
        portion.write_text("".join(lines[at : at + a.portion]), encoding="utf-8")
        began = time.perf_counter()
        p = await asyncio.create_subprocess_exec(
            a.sijill, "add", portion, "--register", a.register, "--threads", "1", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, says = await p.communicate()
        # 1: a line of the portion is broken, as some are on purpose.
        if p.returncode not in (0, 1):
            added["failed"].append(says.decode(errors="replace").strip())
        added["portions"] += 1
        added["articles"] += min(a.portion, len(lines) - at)
        added["seconds"].append(round(time.perf_counter() - began, 2))


def memory(process, which):
    """VmHWM: the most that was resident, with the pages of the register's file, once for each connection that maps them. RssAnon: what is the process's own."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(which):
                return int(line.split()[1]) // 1024
    except OSError:
        return None


def percentile(values, p):
    values = sorted(values)
    return round(values[min(len(values) - 1, int(len(values) * p))], 1) if values else None


async def main():
    a, host, port = options()
    random.seed(11)
    mix, missing = mixture(a.at)
    before = get(a.at, "/api/about")["counts"]
    seen, failed, added = {}, [], {"portions": 0, "articles": 0, "seconds": [], "failed": []}
    until = time.monotonic() + a.seconds
    began = time.monotonic()
    await asyncio.gather(add(a, until, added), *(read(a, host, port, mix, until, seen, failed, n) for n in range(a.readers)))
    took = time.monotonic() - began
    # What time did not suffice for is added now, so that the check of the whole finds nothing new.
    rest = {"portions": 0, "articles": 0, "seconds": [], "failed": []}
    if a.later:
        lines = a.later.read_text(encoding="utf-8").splitlines(keepends=True)[added["articles"] :]
        if lines:
            left = a.work / "left.jsonl"
            left.write_text("".join(lines), encoding="utf-8")
            a.later, a.portion = left, len(lines)
            await add(a, time.monotonic() + 600, rest)
    every = [x for v in seen.values() for x in v]
    load = [float(x) for x in Path("/proc/loadavg").read_text().split()[:2]] if Path("/proc/loadavg").exists() else None
    summary = {
        "register": before,
        "readers": a.readers,
        "pause_s": a.pause,
        "seconds": round(took, 1),
        "answers": len(every),
        "answers_a_second": round(len(every) / took, 1),
        "errors": len(failed),
        "ms": {"median": percentile(every, 0.5), "p95": percentile(every, 0.95), "p99": percentile(every, 0.99), "most": round(max(every), 1) if every else None},
        "ms_by_address": {k: {"n": len(v), "median": round(statistics.median(v), 1), "p95": percentile(v, 0.95)} for k, v in sorted(seen.items())},
        "added_meanwhile": {"articles": added["articles"], "portions": added["portions"], "seconds_each": added["seconds"][:20]},
        "not_of_this_desk": missing,
        "most_memory_mb": memory(a.desk, "VmHWM"),
        "own_memory_mb": memory(a.desk, "RssAnon"),
        "load_average": load,
        "first_errors": failed[:10] + added["failed"][:5] + rest["failed"][:5],
    }
    print(json.dumps(summary, ensure_ascii=False, indent=1))
    bad = failed or added["failed"] or rest["failed"] or not every or (a.p95 and summary["ms"]["p95"] > a.p95)
    raise SystemExit(1 if bad else 0)


asyncio.run(main())
