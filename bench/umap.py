"""Seconds, peak memory and trustworthiness (k = 15) of UMAP on noisy CLIP pairs: umap-learn and this project, in turn, on the same rows.

    python3 bench/umap.py [--once] [--large]      needs ../shared, NumPy and umap-learn 0.5 (Debian: umap-learn); --once: one run each instead of
                                                  three; --large adds 100,000 rows, ours only

Rows: each pair lies at a random place between two random ones of the 500 pairs of CLIP ViT-B/16 on MSCOCO (features_clip.npy), at the same place
for image and text, and each row has noise of length one half; all have norm 1. Seconds on a machine that does other things are good for
nothing, not even for their ratio: the load is printed, and beside the seconds those that processors spent.
"""
import os
import subprocess
import sys
import tempfile

import openblas  # noqa: F401  before NumPy
import numpy as np

RUNS = 1 if "--once" in sys.argv else 3
HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = os.path.join(HERE, "..", "..", "shared", "data", "paper", "features_clip.npy")

# A small process in between: the kernel counts towards a child's peak what its parent held when it was forked.
WATCH = """
import os, subprocess, sys, time
begin = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(1 if status else 0)
"""

# The first fit compiles, the second does not. With a seed, as ours: umap-learn then works on one thread; without one on all.
THEIRS = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
import umap
rows, out, seed = np.load(sys.argv[1]), sys.argv[2], None if sys.argv[3] == "none" else int(sys.argv[3])
for run in range(int(sys.argv[4])):
    begin, busy = time.perf_counter(), time.process_time()
    layout = umap.UMAP(metric="cosine", random_state=seed).fit_transform(rows)
    seconds, busy = time.perf_counter() - begin, time.process_time() - busy
print(seconds, busy)
layout.astype(np.float32).tofile(out)
"""


def noisy_pairs(pairs, seed=0, noise=0.5):
    features = np.load(FEATURES).astype(np.float64)
    features /= np.linalg.norm(features, axis=2, keepdims=True)
    rng = np.random.default_rng(seed)
    a, b, between = rng.integers(0, 500, pairs), rng.integers(0, 500, pairs), rng.random((pairs, 1))
    stacked = []
    for modality in features:
        rows = between * modality[a] + (1 - between) * modality[b]
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        rows += noise * rng.standard_normal(rows.shape) / np.sqrt(rows.shape[1])
        stacked.append((rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32))
    return np.concatenate(stacked)


def watch(*command):
    """Seconds and processor seconds of the layout alone, which the command prints, and of the whole process; its peak in GB."""
    words = subprocess.run([sys.executable, "-c", WATCH, *command], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    seconds, busy, process, process_busy, kilobytes = (float(word) for word in words[:2] + words[-3:])
    return process, process_busy, seconds, busy, kilobytes / 1e6


def median(runs):
    return [sorted(column)[len(runs) // 2] for column in zip(*runs)]


def cells(values, ours):
    return " | ".join(f"{value:.1f} s ({value / own:.1f})" for value, own in zip(values[:4], ours[:4]))


def main():
    project = os.path.join(HERE, "ModalityGap.Benchmarks")
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "quiet", "--nologo", project], check=True, stdout=sys.stderr)
    tool = ["dotnet", os.path.join(project, "bin", "Release", "net10.0", "ModalityGap.Benchmarks.dll")]
    learn = [sys.executable, "-c", THEIRS]
    with tempfile.TemporaryDirectory() as room:
        rows, ours, theirs, free = (os.path.join(room, name) for name in ("rows.npy", "ours.bin", "theirs.bin", "free.bin"))
        np.save(rows, noisy_pairs(5000))
        work = {
            "ours": [*tool, "umap", rows, ours],
            "umap-learn, seeded, with compilation": [*learn, rows, theirs, "0", "1"],
            "umap-learn, seeded, second fit": [*learn, rows, theirs, "0", "2"],
            "umap-learn, not seeded, second fit": [*learn, rows, free, "none", "2"],
        }
        runs = {name: [] for name in work}
        for _ in range(RUNS):
            for name, command in work.items():
                runs[name].append(watch(*command))
        trust = [float(word) for word in subprocess.run(
            [*tool, "trust", rows, ours, theirs, theirs, free], stdout=subprocess.PIPE, check=True, text=True).stdout.split()]
        times = {name: median(values) for name, values in runs.items()}
        print(f"10,000 x 512, medians of {RUNS}, in turn; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; in brackets the ratio to ours\n")
        print("| | process | its processor time | layout alone | its processor time | peak | trustworthiness |\n|---|---:|---:|---:|---:|---:|---:|")
        for (name, values), kept in zip(times.items(), trust):
            print(f"| {name} | {cells(values, times['ours'])} | {values[4]:.2f} GB | {kept:.4f} |")
        if "--large" in sys.argv:
            np.save(rows, noisy_pairs(50_000))
            process, process_busy, seconds, busy, peak = watch(*work["ours"])
            print(f"\n100,000 x 512: {seconds:.0f} s (processors {busy:.0f} s), whole process {process:.0f} s, peak {peak:.2f} GB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
