#!/usr/bin/env python3
"""Computes the golden numbers of the built-in sample independently, in float64 with NumPy, and writes them as JSON.

    scripts/golden_sample.py > tests/ModalityGap.Tests/Golden/sample.json
    scripts/golden_sample.py samples/emoji > tests/ModalityGap.Tests/Golden/emoji.json

The first makes the generated sample itself again from its description, so that it also checks the generator; the second reads the emoji sample.
"""
import json
import sys

import numpy as np

ITEMS, DIMENSIONS, CAPTIONS, MASK = 400, 128, 2, (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed
        self.avoided = []

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def direction(self):
        v = np.empty(DIMENSIONS)
        for k in range(DIMENSIONS):
            ones = bin(self.next()).count("1") + bin(self.next()).count("1")
            v[k] = ones - 64 + (self.next() >> 40) / (1 << 24) - 0.5
        return unit(self.without_avoided(v))

    def sway(self):
        return (bin(self.next()).count("1") - 32) / 80

    def avoid(self, *vectors):
        for v in vectors:
            self.avoided.append(unit(self.without_avoided(v)))

    def without_avoided(self, v):
        for other in self.avoided:
            v = v - (v @ other) * other
        return v


def unit(v):
    return v / np.sqrt((v * v).sum(-1, keepdims=True))


def sample():
    draw = SplitMix64(20220303)
    common, image_only, text_only = draw.direction(), draw.direction(), draw.direction()
    image_only[17] += 1.6
    text_only[93] += 1.6
    image_axis = 0.40 * common + 0.58 * unit(image_only)
    text_axis = 0.40 * common + 0.62 * unit(text_only)
    draw.avoid(common, image_only, text_only)
    images, texts = [], []
    for _ in range(ITEMS):
        shared, of_text = draw.direction(), draw.direction()
        images.append((1 + draw.sway()) * image_axis + draw.sway() * common + 0.15 ** 0.5 * shared + 0.35 ** 0.5 * draw.direction())
        for _ in range(CAPTIONS):
            texts.append((1 + draw.sway()) * text_axis + draw.sway() * common + 0.15 ** 0.5 * shared + 0.20 ** 0.5 * of_text + 0.10 ** 0.5 * draw.direction())
    # Stored as float32, then set to norm 1 again.
    return [unit(unit(np.array(rows)).astype(np.float32).astype(float)) for rows in (images, texts)]


def read(folder):
    """A sample in files: pictures, and CAPTIONS texts each, set to norm 1."""
    rows = [np.load(f"{folder}/{name}.npy").astype(np.float64) for name in ("images", "texts")]
    return [values / np.linalg.norm(values, axis=1)[:, None] for values in rows]


def losses(s, tau):
    def one(a):
        top = a.max(1, keepdims=True)
        return float((np.log(np.exp((a - top) / tau).sum(1)) + (top[:, 0] - np.diag(a)) / tau).mean())
    return [one(s), one(s.T)]


def ranks(s, item_of_query, item_of_document):
    relevant = item_of_query[:, None] == item_of_document[None, :]
    best = np.where(relevant, s, -np.inf).max(1)
    return 1 + ((s >= best[:, None]) & ~relevant).sum(1)


def search(r):
    return {"recall-at-1": float((r <= 1).mean()), "recall-at-5": float((r <= 5).mean()), "recall-at-10": float((r <= 10).mean()),
            "mean-reciprocal-rank": float((1 / r).mean()), "median-rank": float(np.median(r))}


def cone(x):
    s = x @ x.T
    off = s[~np.eye(len(x), dtype=bool)]
    low, mid, high = np.percentile(off, [25, 50, 75])
    return {"cosine-mean": off.mean(), "cosine-deviation": off.std(), "cosine-minimum": off.min(), "cosine-maximum": off.max(),
            "cosine-lower-quartile": low, "cosine-median": mid, "cosine-upper-quartile": high}


def spectrum(rows):
    """With the definitions written out: IsoScore step by step, as its paper has it."""
    d = rows.shape[1]
    singular, uncentred = (np.linalg.svd(m, compute_uv=False) for m in (rows - rows.mean(0), rows))
    values = singular ** 2 / (len(rows) - 1)
    shares = np.cumsum(values) / values.sum()

    def rank(p):
        return np.exp(-(p * np.log(p)).sum())
    delta = np.linalg.norm(np.sqrt(d) * values / np.linalg.norm(values) - 1) / np.sqrt(2 * (d - np.sqrt(d)))
    phi = (d - delta ** 2 * (d - np.sqrt(d))) ** 2 / d ** 2
    return {"trace": values.sum(), "participation-ratio": values.sum() ** 2 / (values ** 2).sum(),
            "dimensions-90": int((shares < 0.9).sum() + 1), "dimensions-99": int((shares < 0.99).sum() + 1),
            "covariance-rank": rank(values / values.sum()), "singular-rank": rank(singular / singular.sum()),
            "rankme": rank(uncentred / uncentred.sum() + 1e-7), "isoscore": (d * phi - 1) / (d - 1)}


def root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def hsic(k, m):
    """Song et al. 2012, equation 5, from whole kernels."""
    k, m, n, one = k - np.diag(np.diag(k)), m - np.diag(np.diag(m)), len(k), np.ones(len(k))
    return ((k * m).sum() + (one @ k @ one) * (one @ m @ one) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (one @ k @ m @ one)) / (n * (n - 3))


def second_moments(x, y):
    golden, bases = {}, []
    for name, rows in (("image", x), ("text", y)):
        found = spectrum(rows)
        golden.update({f"spectrum-{key}/{name}": value for key, value in found.items()})
        bases.append(np.linalg.svd(rows - rows.mean(0))[2][:found["dimensions-99"]].T)
    gap, cx, cy = x.mean(0) - y.mean(0), np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    cosines = np.linalg.svd(bases[0].T @ bases[1], compute_uv=False)
    angles = np.degrees(np.arccos(np.where(1 - cosines ** 2 < 1e-12, 1, cosines)))
    golden.update({"principal-angle-smallest": angles[0], "principal-angle-median": np.median(angles), "principal-angle-largest": angles[-1]})
    for name, basis in (("image", bases[0]), ("text", bases[1])):
        golden[f"gap-share-in-variation/{name}"] = ((basis.T @ gap) ** 2).sum() / (gap @ gap)
    u, s, _ = np.linalg.svd(np.hstack(bases), full_matrices=False)
    golden["gap-share-outside-variation"] = 1 - ((u[:, s > 1e-6].T @ gap) ** 2).sum() / (gap @ gap)
    inner = root(cx) @ cy @ root(cx)
    golden["frechet-distance-squared"] = gap @ gap + np.trace(cx) + np.trace(cy) - 2 * np.sqrt(np.maximum(np.linalg.eigvalsh(inner), 0)).sum()
    golden["coral-distance"] = ((cx - cy) ** 2).sum() / (4 * x.shape[1] ** 2)
    a, b = x - x.mean(0), y - y.mean(0)
    golden["linear-cka"] = ((a.T @ b) ** 2).sum() / np.linalg.norm(a.T @ a) / np.linalg.norm(b.T @ b)
    k, m = x @ x.T, y @ y.T
    golden["linear-cka-unbiased"] = hsic(k, m) / np.sqrt(hsic(k, k) * hsic(m, m))
    pooled = np.vstack([x, y])
    between, total = gap @ gap / 4, pooled.var(0).sum()
    golden["share-of-total-variance"] = between / total
    return golden


def pairs(x, y):
    """Pair by pair, and the gap in other units."""
    g = x - y
    gap = g.mean(0)

    def cosines(rows):
        return rows @ gap / np.linalg.norm(rows, axis=1) / np.linalg.norm(gap)

    found = {"pair-distance": ("", np.linalg.norm(g, axis=1)), "pair-direction": ("", cosines(g)),
             "pair-orthogonality ": ("/image", cosines(x - x.mean(0))), "pair-orthogonality": ("/text", cosines(y - y.mean(0)))}
    golden = {"gap-squared": gap @ gap, "gap-mean-square": gap @ gap / len(gap), "alignment": (g ** 2).sum(1).mean()}
    for key, (of, values) in found.items():
        golden[f"{key.strip()}-mean{of}"], golden[f"{key.strip()}-deviation{of}"] = values.mean(), values.std()
    return golden


def distances(x, y):
    """By subtraction of rows, not from cosines."""
    def apart(a, b):
        return np.array([np.linalg.norm(row - b, axis=1) for row in a])

    n, dx, dy, dxy = len(x), apart(x, x), apart(y, y), apart(x, y)
    off, upper = ~np.eye(n, dtype=bool), np.triu_indices(n, 1)
    pooled = np.concatenate([dx[upper], dy[upper], dxy.ravel()])
    median = np.median(pooled)
    golden = {"median-distance": median}

    def contrasts(name, sign, kernel):
        kx, ky, kxy = kernel(dx), kernel(dy), kernel(dxy)
        golden[name.format("")] = sign * (kx[off].mean() + ky[off].mean() - 2 * kxy[off].mean())
        golden[name.format("-two-sample")] = sign * (kx[off].mean() + ky[off].mean() - 2 * kxy.mean())
        golden[name.format("-biased")] = sign * (kx.mean() + ky.mean() - 2 * kxy.mean())

    contrasts("energy-distance{}", -1, lambda d: d)
    for factor in (0.5, 1, 2):
        contrasts("mmd-squared{}/" + f"{factor:g}", 1, lambda d: np.exp(-d ** 2 / (2 * (factor * median) ** 2)))
    for name, d in (("image", dx[upper]), ("text", dy[upper]), ("pooled", pooled), ("cross", dxy[off])):
        golden["uniformity/" + name] = np.log(np.exp(-2 * d ** 2).mean())
    return golden


def nearest(s):
    """The ten columns of largest value in each row; of equal ones the first. A product may differ in its last bits between equal rows."""
    return np.argsort(-np.round(s, 12), 1, kind="stable")[:, :10]


def neighbours(x, y):
    golden, lists = {}, []
    for name, own, other in (("image", x, y), ("text", y, x)):
        within = own @ own.T
        np.fill_diagonal(within, -2)
        lists.append(nearest(within))
        ahead = (within >= (own @ other.T).max(1)[:, None]).sum(1)
        golden["nearest-own-share/" + name] = (ahead > 0).mean()
        golden["nearest-other-rank/" + name] = (1 + ahead).mean()
    golden["mutual-neighbours"] = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(*lists)])
    for direction, s in (("image-to-text", x @ y.T), ("text-to-image", y @ x.T)):
        counts = np.bincount(nearest(s).ravel(), minlength=len(s)).astype(float)
        golden[f"hubness-skewness/{direction}"] = ((counts - 10) ** 3).mean() / counts.std() ** 3
        golden[f"hubness-largest-count/{direction}"] = counts.max()
        golden[f"anti-hub-share/{direction}"] = (counts == 0).mean()
        golden[f"hubness-gini/{direction}"] = np.abs(counts[:, None] - counts).mean() / 20
    return golden


def main():
    x, texts = read(sys.argv[1]) if len(sys.argv) > 1 else sample()
    y = texts[::CAPTIONS]
    n = len(x)
    gap = x.mean(0) - y.mean(0)
    g = x - y
    s = x @ y.T
    off = s[~np.eye(n, dtype=bool)]
    matched = np.diag(s)
    trace = g.var(0, ddof=1).sum()
    mean_x, mean_y = x.mean(0), y.mean(0)
    matched_distance = (1 - matched).mean()
    within = 0.5 * ((1 - cone(x)["cosine-mean"]) + (1 - cone(y)["cosine-mean"]))
    linear = {
        "gap": np.linalg.norm(gap),
        "gap-debiased": np.sqrt(gap @ gap - trace / n),
        "gap-noise-floor": np.sqrt(trace / n),
        "angle-between-centroids": np.degrees(np.arccos(mean_x @ mean_y / np.linalg.norm(mean_x) / np.linalg.norm(mean_y))),
        "relative-modality-gap": matched_distance / (within + matched_distance),
        "effect-size": np.linalg.norm(gap) / np.sqrt((x.var(0).sum() + y.var(0).sum()) / 2),
        "top-dimension-share/2": np.sort(gap ** 2)[-2:].sum() / (gap @ gap),
        "top-dimension-share/10": np.sort(gap ** 2)[-10:].sum() / (gap @ gap),
        "matched-cosine-mean": matched.mean(),
        "matched-cosine-deviation": matched.std(),
        "unmatched-cosine-mean": off.mean(),
    }
    all_pairs = {"unmatched-cosine-deviation": off.std()}
    for name, rows in (("image", x), ("text", y)):
        all_pairs.update({f"{key}/{name}": value for key, value in cone(rows).items()})
    sorted_off = np.sort(off)
    below = np.searchsorted(sorted_off, matched, "left") + np.searchsorted(sorted_off, matched, "right")
    all_pairs["matched-unmatched-auc"] = below.sum() / 2 / len(off) / n
    for tau in (0.01, 0.02, 0.1, 1):
        forth, back = losses(s, tau)
        all_pairs.update({f"clip-loss/image-to-text/{tau}": forth, f"clip-loss/text-to-image/{tau}": back, f"clip-loss/{tau}": (forth + back) / 2})
    items, text_items = np.arange(n), np.repeat(np.arange(n), CAPTIONS)
    exact = {}
    for direction, found in (("image-to-text", ranks(x @ texts.T, items, text_items)), ("text-to-image", ranks(texts @ x.T, text_items, items))):
        exact.update({f"{key}/{direction}": value for key, value in search(found).items()})
    # Mixed search with documents of one kind: the second caption asks, the first captions or the images answer.
    second = texts[1::CAPTIONS]
    mixed = {name: float((ranks(second @ documents.T, items, items) <= 1).mean()) for name, documents in (("image", x), ("text", y))}
    direction = gap / np.linalg.norm(gap)
    landscape = []
    for delta in (-5.0, -1.25, 0.0, 0.5, 0.75, 1.0, 4.75):
        a, b = unit(x - 0.5 * delta * direction), unit(y + 0.5 * delta * direction)
        left = a.mean(0) - b.mean(0)
        t = a @ b.T
        batches = [t[i:i + 50, i:i + 50] for i in range(0, n, 50)]
        landscape.append({
            "distance": delta,
            "signedDistance": float(np.sign(left @ direction) * np.linalg.norm(left)),
            "recall": [float((ranks(t, items, items) <= 1).mean()), float((ranks(t.T, items, items) <= 1).mean())],
            "full": [losses(t, tau) for tau in (0.01, 0.02, 0.1, 1)],
            "batched": [np.mean([losses(batch, tau) for batch in batches], 0).tolist() for tau in (0.01, 0.02, 0.1, 1)],
        })
    threshold = float(np.sort(off)[len(off) - int(0.01 * len(off))])
    top = [int(k) for k in np.argsort(-gap ** 2)[:5]]
    values = np.linalg.svd(np.vstack([x, y]), compute_uv=False)
    golden = {
        "linear": linear, "allPairs": all_pairs, "exact": exact, "secondMoments": second_moments(x, y), "pairs": pairs(x, y),
        "distances": distances(x, y), "neighbours": neighbours(x, y), "mixedHitAt1": mixed, "landscape": landscape, "topDimensions": top,
        "threshold": {"cosine": threshold, "recall": float((matched >= threshold).mean())},
        "mapShares": (values[:2] ** 2 / (values ** 2).sum()).tolist(),
        "firstValues": [float(np.float32(v)) for v in x[0, :4]],
    }
    json.dump(golden, sys.stdout, indent=1, default=float)
    print()


main()
