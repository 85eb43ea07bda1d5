"""Seconds, peak memory and trustworthiness (k = 15) of UMAP on noisy CLIP pairs: umap-learn and this project, in turn, on the same rows.

    python3 bench/umap.py [--large]       needs ../shared, NumPy and umap-learn 0.5 (Debian: umap-learn); --large adds 100,000 rows, ours only

Rows: each pair lies at a random place between two random ones of the 500 pairs of CLIP ViT-B/16 on MSCOCO (features_clip.npy), at the same place
for image and text, and each row has noise of length one half; all have norm 1. Times on a machine that does other things are good for
their ratio only: the load is printed.
"""
import os
import subprocess
import sys
import tempfile

import numpy as np

RUNS = 3
HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = os.path.join(HERE, "..", "..", "shared", "data", "paper", "features_clip.npy")

# A small process in between: the kernel counts towards a child's peak what its parent held when it was forked.
WATCH = """
import os, subprocess, sys, time
begin = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(time.perf_counter() - begin, usage.ru_maxrss)
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
    begin = time.perf_counter()
    layout = umap.UMAP(metric="cosine", random_state=seed).fit_transform(rows)
    seconds = time.perf_counter() - begin
print(seconds)
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
    """What the command printed (its own seconds), the seconds of the whole process, its peak in GB."""
    lines = subprocess.run([sys.executable, "-c", WATCH, *command], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    return float(lines[0]), float(lines[-2]), float(lines[-1]) / 1e6


def median(runs):
    return [sorted(column)[len(runs) // 2] for column in zip(*runs)]


def main():
    project = os.path.join(HERE, "ModalityGap.Benchmarks")
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "quiet", "--nologo", project], check=True, stdout=sys.stderr)
    tool = ["dotnet", os.path.join(project, "bin", "Release", "net10.0", "ModalityGap.Benchmarks.dll")]
    with tempfile.TemporaryDirectory() as room:
        rows, ours, theirs, free = (os.path.join(room, name) for name in ("rows.npy", "ours.bin", "theirs.bin", "free.bin"))
        np.save(rows, noisy_pairs(5000))
        times = {"ours": [], "theirs": [], "compiled": [], "free": []}
        for _ in range(RUNS):
            times["ours"].append(watch(*tool, "umap", rows, ours))
            times["theirs"].append(watch(sys.executable, "-c", THEIRS, rows, theirs, "0", "1"))
            times["compiled"].append(watch(sys.executable, "-c", THEIRS, rows, theirs, "0", "2"))
            times["free"].append(watch(sys.executable, "-c", THEIRS, rows, free, "none", "2"))
        trust = [float(word) for word in subprocess.run(
            [*tool, "trust", rows, ours, theirs, free], stdout=subprocess.PIPE, check=True, text=True).stdout.split()]
        mine, first, compiled, unseeded = (median(times[name]) for name in ("ours", "theirs", "compiled", "free"))
        print(f"10,000 x 512, medians of {RUNS} runs in turn; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
        print("| | whole process | ratio | layout alone, compiled | ratio | peak | trustworthiness |\n|---|---:|---:|---:|---:|---:|---:|")
        print(f"| ours | {mine[1]:.1f} s | 1 | {mine[0]:.1f} s | 1 | {mine[2]:.2f} GB | {trust[0]:.4f} |")
        print(f"| umap-learn, seeded | {first[1]:.1f} s | {first[1] / mine[1]:.1f} | {compiled[0]:.1f} s | {compiled[0] / mine[0]:.1f} "
              f"| {first[2]:.2f} GB | {trust[1]:.4f} |")
        print(f"| umap-learn, not seeded | | | {unseeded[0]:.1f} s | {unseeded[0] / mine[0]:.1f} | {unseeded[2]:.2f} GB | {trust[2]:.4f} |")
        if "--large" in sys.argv:
            np.save(rows, noisy_pairs(50_000))
            seconds, process, peak = watch(*tool, "umap", rows, ours)
            print(f"\n100,000 x 512: {seconds:.0f} s, whole process {process:.0f} s, peak {peak:.2f} GB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
