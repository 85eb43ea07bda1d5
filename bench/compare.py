"""The other side of bench/compare: NumPy, PyTorch and faiss on the same arrays, the agreement, the table."""
import json
import os
import subprocess
import sys
import time

import openblas  # noqa: F401  before NumPy
import faiss
import numpy as np
import torch
from sklearn.neighbors import NearestNeighbors

N, D, TAU, RUNS = 5000, 512, 0.01, 5
GRID = [-5 + 0.25 * k for k in range(40)]


WATCH = """
import os, subprocess, sys, time
begin = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(time.perf_counter() - begin, usage.ru_maxrss)
sys.exit(1 if status else 0)
"""


def clip_like(n, seed=0):
    """Pairs with CLIP's numbers: gap about 0.85, matched cosine about 0.31, unmatched about 0.16, a decaying spectrum."""
    rng = np.random.default_rng(seed)
    weights = (1 + np.arange(D)) ** -0.35
    weights /= np.sqrt((weights ** 2).sum())

    def draw():
        return rng.standard_normal((n, D), dtype=np.float32) * weights.astype(np.float32)

    shared = draw()
    rows = []
    for axis in (200, 300):
        v = 0.387 * shared + 0.59 * draw()
        v[:, 100] += 0.4
        v[:, axis] += 0.58
        rows.append((v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32))
    return rows


def best(action, runs=RUNS):
    times, result = [], None
    for _ in range(runs):
        begin = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - begin)
    return min(times), result


def energy_and_mmd(x, y):
    """Energy distance and MMD² at bandwidths ½, 1 and 2, every row compared with itself too."""
    def means(a, b):
        squares = np.maximum(2 - 2 * (a @ b.T), 0)
        return [np.sqrt(squares).mean(dtype=float)] + [np.exp(squares / (-2 * s * s)).mean(dtype=float) for s in (0.5, 1, 2)]

    within_x, within_y, across = means(x, x), means(y, y), means(x, y)
    contrasts = [a + b - 2 * c for a, b, c in zip(within_x, within_y, across)]
    return -contrasts[0], contrasts[1:]


def hubness(x, y):
    """Skewness of how often each row stands in the other side's lists of ten; the first direction is returned."""
    found = []
    for queries, documents in ((x, y), (y, x)):
        lists = NearestNeighbors(n_neighbors=10, algorithm="brute", n_jobs=-1).fit(documents).kneighbors(queries, return_distance=False)
        counts = np.bincount(lists.ravel(), minlength=len(documents)).astype(float)
        found.append(((counts - 10) ** 3).mean() / ((counts - 10) ** 2).mean() ** 1.5)
    return found[0]


def losses(logits):
    labels = torch.arange(len(logits))
    cross = torch.nn.functional.cross_entropy
    return float(cross(logits, labels)), float(cross(logits.T, labels))


def landscape_as_published(x, y):
    """Shift, normalise, multiply, twice the cross-entropy: forty products."""
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    gap = x.double().mean(0) - y.double().mean(0)
    direction = (gap / gap.norm()).float()
    found = []
    for delta in GRID:
        a, b = x - 0.5 * delta * direction, y + 0.5 * delta * direction
        a, b = a / a.norm(dim=1, keepdim=True), b / b.norm(dim=1, keepdim=True)
        found.append(losses(a @ b.T / TAU))
    return found


def landscape_one_product(x, y):
    """The same algebra as ours: one product, and every shifted cosine from it."""
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    gap = x.double().mean(0) - y.double().mean(0)
    direction = (gap / gap.norm()).float()
    s, u, v = x @ y.T, x @ direction, y @ direction
    found = []
    for delta in GRID:
        h = 0.5 * delta
        scale_x = 1 / torch.sqrt(1 - 2 * h * u + h * h) / TAU
        scale_y = 1 / torch.sqrt(1 + 2 * h * v + h * h)
        found.append(losses((s + (h * u - h * h)[:, None] - (h * v)[None, :]) * scale_x[:, None] * scale_y[None, :]))
    return found


def tool():
    return ["dotnet", "src/ModalityGap.Cli/bin/Release/net10.0/modgap.dll"]


def whole_process(folder, n):
    x, y = clip_like(n)
    first, second = os.path.join(folder, f"image_{n}.npy"), os.path.join(folder, f"text_{n}.npy")
    np.save(first, x)
    np.save(second, y)
    command = tool() + ["measure", first, second, "--format", "json", "--out", os.path.join(folder, "result.json"), "--quiet"]
    # A small process in between: the kernel counts towards a child's peak what its parent held when it was forked.
    report = subprocess.run([sys.executable, "-c", WATCH, *command], stdout=subprocess.PIPE, check=True, text=True).stdout
    seconds, kilobytes = report.split()[-2:]
    return float(seconds), float(kilobytes) / 1e6


def main():
    folder, large = sys.argv[1], "--large" in sys.argv
    x, y = clip_like(N)
    np.save(os.path.join(folder, "x.npy"), x)
    np.save(os.path.join(folder, "y.npy"), y)
    threads = os.cpu_count()
    torch.set_num_threads(threads)
    faiss.omp_set_num_threads(threads)
    subprocess.run(["dotnet", "bench/ModalityGap.Benchmarks/bin/Release/net10.0/ModalityGap.Benchmarks.dll", "compare", folder], check=True)
    ours = json.load(open(os.path.join(folder, "ours.json")))

    product_time, product = best(lambda: x @ y.T)

    def numpy_statistics():
        s = x @ y.T
        return s.mean(dtype=float), s.std(dtype=float), s.max(), np.histogram(s, bins=200, range=(-1, 1))[0]

    statistics_time, (_, _, highest, histogram) = best(numpy_statistics)
    index = faiss.IndexFlatIP(D)
    index.add(y)
    search_time, (_, nearest) = best(lambda: index.search(x, 10))
    distances_time, (energy, discrepancies) = best(lambda: energy_and_mmd(x, y), 2)
    hubs_time, skewness = best(lambda: hubness(x, y), 2)
    published_time, published = best(lambda: landscape_as_published(x, y), 1)
    one_product_time, one_product = best(lambda: landscape_one_product(x, y), 2)

    check("histogram", np.abs(np.array(ours["histogram"]) - histogram).sum() <= 2e-4 * N * N)
    check("highest cosine", abs(ours["cosineHighest"] - highest) <= 1e-5)
    check("sum of squares", abs(ours["cosineSquares"] / float((product.astype(float) ** 2).sum()) - 1) <= 1e-5)
    check("ten nearest", (np.array(ours["nearestOfFirstRows"]).reshape(100, 10) == nearest[:100]).mean() >= 0.998)
    check("energy distance", abs(ours["energy"] - energy) <= 2e-5)
    check("MMD²", np.allclose(ours["discrepancies"], discrepancies, atol=2e-5))
    check("hubness", abs(ours["hubness"] - skewness) <= 1e-2)
    mine = np.array(ours["losses"]).reshape(40, 2)
    check("losses against PyTorch as published", np.allclose(mine, np.array(published), rtol=2e-4, atol=1e-4))
    check("losses against PyTorch with one product", np.allclose(mine, np.array(one_product), rtol=2e-4, atol=1e-4))

    flops = 2 * N * N * D / 1e9
    table = [
        ("40-step landscape, both directions", "PyTorch as the paper does it", published_time, ours["landscape"], 20),
        ("40-step landscape, both directions", "PyTorch, the same one product", one_product_time, ours["landscape"], 6),
        ("cosine statistics, 200-bin histogram", "NumPy", statistics_time, ours["cosines"], 2),
        ("exact top 10", "faiss IndexFlatIP", search_time, ours["nearest"], 1.5),
        ("energy distance and MMD², three bandwidths", "NumPy", distances_time, ours["distances"], 1),
        ("hubness of both directions, k = 10", "scikit-learn, brute force", hubs_time, ours["hubs"], 1),
        (f"product alone ({flops / ours['product']:.0f} against {flops / product_time:.0f} GFLOP/s)", "NumPy with OpenBLAS", product_time, ours["product"], 1.1),
    ]
    print(f"5,000 x 5,000 rows of 512 dimensions, {threads} cores, kernel {ours['kernel']}; NumPy {np.__version__}, PyTorch {torch.__version__}, faiss {faiss.__version__}\n")
    print("| work | against | theirs | ours | ratio | bar |\n|---|---|---:|---:|---:|---:|")
    for work, against, theirs, mine_time, bar in table:
        print(f"| {work} | {against} | {theirs:.3g} s | {mine_time:.3f} s | {theirs / mine_time:.{0 if theirs > 10 * mine_time else 2}f} | {bar} |")
    print("\n| `modgap measure`, whole process, everything | seconds | memory | bar |\n|---|---:|---:|---:|")
    for n, bar in [(500, "1.5 s"), (5000, "12 s")] + ([(50000, "480 s, 3 GB")] if large else []):
        seconds, gigabytes = whole_process(folder, n)
        print(f"| {n:,} pairs x 512 | {seconds:.2f} | {gigabytes:.2f} GB | {bar} |")


def check(what, holds):
    if not holds:
        sys.exit(f"The results do not agree: {what}.")


main()
