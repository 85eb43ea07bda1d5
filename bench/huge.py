"""One pass over a 2 GB float16 file against reading it with cat: seconds, rate, private memory, and the numbers against NumPy's."""
import json
import os
import subprocess
import sys
import time

import numpy as np

N, D, BLOCK, RUNS = 976_562, 512, 4096, 5
NATIVE = "artifacts/native/linux-x64/modgap"


def write(path):
    """Two stacked modalities with CLIP's gap, block by block; returns the gap and the mean matched cosine in double precision."""
    rng = np.random.default_rng(0)
    weights = ((1 + np.arange(D)) ** -0.35).astype(np.float32)
    weights /= np.sqrt((weights ** 2).sum())
    # A thousand blocks of so many random numbers would take minutes: the second half of each row is drawn once.
    fixed = rng.standard_normal((BLOCK, D), dtype=np.float32) * weights

    def block(start, axis):
        own = np.random.default_rng([start, axis])
        rows = 0.7 * fixed[own.permutation(BLOCK) if axis else slice(None)]
        rows = rows[: min(BLOCK, N - start)]
        rows[:, :16] += 0.1 * own.standard_normal((len(rows), 16), dtype=np.float32)
        rows[:, 100] += 0.4
        rows[:, 200 + 100 * axis] += 0.58
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)

    def unit(rows):
        rows = rows.astype(np.float64)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    sums, matched = np.zeros((2, D)), 0.0
    with open(path, "wb") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "<f2", "fortran_order": False, "shape": (2, N, D)})
        for axis in (0, 1):
            for start in range(0, N, BLOCK):
                file.write(block(start, axis).tobytes())
    stored = np.memmap(path, np.float16, "r", offset=os.path.getsize(path) - 4 * N * D, shape=(2, N, D))
    for start in range(0, N, BLOCK):
        x, y = unit(stored[0, start:start + BLOCK]), unit(stored[1, start:start + BLOCK])
        sums += [x.sum(0), y.sum(0)]
        matched += (x * y).sum()
    return float(np.linalg.norm(sums[0] - sums[1]) / N), matched / N


def seconds(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def private_megabytes(command):
    """The most anonymous memory that the process held, looked at every millisecond; pages of mapped files do not count."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                most = max([most] + [int(line.split()[1]) for line in status if line.startswith("RssAnon:")])
        except OSError:
            pass
        time.sleep(0.001)
    return most / 1024


def main():
    folder = sys.argv[1]
    path, out = os.path.join(folder, "huge.npy"), os.path.join(folder, "huge.json")
    gap, matched = write(path)
    size = os.path.getsize(path) / 1e9
    tools = [("dotnet modgap.dll", ["dotnet", "src/ModalityGap.Cli/bin/Release/net10.0/modgap.dll"])]
    if os.access(NATIVE, os.X_OK):
        tools.insert(0, ("native modgap", [NATIVE]))
    cat = ["cat", path]
    commands = [("cat", cat)]
    for name, tool in tools:
        command = tool + ["measure", path, "--linear", "--quiet", "--format", "json", "--out", out]
        commands += [(f"{name}, without the fingerprint", command + ["--no-fingerprint"]), (f"{name}, with it", command)]
    times = {name: [] for name, _ in commands}
    seconds(cat)
    # In turn, so that a machine that is busy for a while is busy for all.
    for _ in range(RUNS):
        for name, command in commands:
            times[name].append(seconds(command))
    result = json.load(open(out))["pairs"][0]["measures"]
    for key, expected in [("gap", gap), ("matched-cosine-mean", matched)]:
        if abs(result[key]["estimate"]["value"] - expected) > 1e-9:
            sys.exit(f"The results do not agree: {key} {result[key]['estimate']['value']!r} instead of {expected!r}.")
    baseline = sorted(times["cat"])[RUNS // 2]
    print(f"2 x {N:,} rows x {D}, float16, {size:.2f} GB, in the page cache, {os.cpu_count()} cores; the middle of {RUNS} runs, whole processes\n")
    print("| `modgap measure --linear` | seconds | GB/s | speed against cat | bar | private memory | bar |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, command in commands:
        middle = sorted(times[name])[RUNS // 2]
        bars = ["", "", ""] if name == "cat" else ["0.5" if "without" in name else "", f"{private_megabytes(command):.0f} MB", "300 MB"]
        print(f"| {name} | {middle:.3f} | {size / middle:.2f} | {baseline / middle:.2f} | {' | '.join(bars)} |")


main()
