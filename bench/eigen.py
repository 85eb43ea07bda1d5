"""Seconds for the eigenvalues, and for values with vectors, of the covariance of d-dimensional rows: MathNet, this project, NumPy (LAPACK).

    python3 bench/eigen.py [d ...]        d = 512 768 1024 by default; needs NumPy
"""
import json
import os
import subprocess
import sys
import tempfile
import time

import openblas  # noqa: F401  before NumPy
import numpy as np

RUNS = 5


def covariance(d):
    rng = np.random.default_rng(d)
    rows = rng.standard_normal((2 * d, d)) * (1 + np.arange(d)) ** -0.7
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.cov(rows, rowvar=False)


def median(action):
    times, result = [], None
    for _ in range(RUNS):
        begin = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - begin)
    return sorted(times)[RUNS // 2], result


def main():
    sizes = [int(word) for word in sys.argv[1:]] or [512, 768, 1024]
    project = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ModalityGap.Benchmarks")
    subprocess.run(["dotnet", "build", "-c", "Release", "-v", "quiet", "--nologo", project], check=True, stdout=sys.stderr)
    tool = os.path.join(project, "bin", "Release", "net10.0", "ModalityGap.Benchmarks.dll")
    print("| d | work | MathNet | ours, 1 thread | ours, all threads | NumPy | largest difference / largest eigenvalue |\n|---:|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as room:
        for d in sizes:
            matrix = covariance(d)
            path = os.path.join(room, f"{d}.bin")
            matrix.tofile(path)
            ours = json.loads(subprocess.run(["dotnet", tool, "eigen", path, str(d)], stdout=subprocess.PIPE, check=True, text=True).stdout)
            values_time, values = median(lambda: np.linalg.eigvalsh(matrix))
            vectors_time, _ = median(lambda: np.linalg.eigh(matrix))
            apart = np.abs(np.array(ours["eigenvalues"]) - values[::-1]).max() / values[-1]
            assert apart < 1e-13, apart
            print(f"| {d} | values | - | {ours['values']:.3f} s | - | {values_time:.3f} s | {apart:.0e} |")
            print(f"| {d} | values and vectors | {ours['mathNet']:.3f} s | {ours['vectorsOneThread']:.3f} s | {ours['vectors']:.3f} s | {vectors_time:.3f} s | |")


if __name__ == "__main__":
    main()
