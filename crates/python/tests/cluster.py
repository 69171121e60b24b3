"""A small Spark of one's own: a master and workers on loopback, as processes that a test may kill."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent


def environment(work: Path) -> dict[str, str]:
    """For every process: loopback only, this Python, UTF-8."""
    return os.environ | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_MASTER_HOST": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(work),
        "LC_ALL": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }


def children(pid: int) -> list[int]:
    """All processes below one."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            below.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        for child in below.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


class Cluster:
    """A master and two workers."""

    def __init__(self, work: Path, workers: int = 2) -> None:
        self.work = work
        self.processes: list[subprocess.Popen[bytes]] = []
        master = self._start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self.url = self._found(master, r"Starting Spark master at (spark://\S+)")
        self.workers = []
        for n in range(workers):
            log = self._start(f"worker{n}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g", self.url)
            self._found(log, r"Successfully registered with master")
            self.workers.append(self.processes[-1])

    def _start(self, name: str, *command: str) -> Path:
        log = self.work / f"{name}.log"
        with log.open("wb") as out:
            self.processes.append(subprocess.Popen([str(HOME / "bin/spark-class"), *command], stdout=out, stderr=out, env=environment(self.work), start_new_session=True))
        return log

    def _found(self, log: Path, pattern: str, seconds: int = 180) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = re.search(pattern, log.read_text(errors="replace"))
            if found:
                return found.group(found.lastindex or 0)
            time.sleep(0.3)
        raise TimeoutError(f"{log}: expected {pattern!r} within {seconds} s, found:\n{log.read_text(errors='replace')[-2000:]}")

    def kill(self, n: int) -> None:
        """SIGKILL for a worker with its executors and their Pythons, at once."""
        process = self.workers[n]
        for pid in [process.pid, *children(process.pid)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.wait()

    def stop(self) -> None:
        for process in self.processes:
            for pid in [*children(process.pid), process.pid]:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()
