#!/usr/bin/env python3
"""The golden numbers of the evaluation tests, from NumPy in double precision and scikit-learn: emoji sample, and THINGS where ../shared is there."""
import json
import os

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def unit(rows):
    rows = rows.astype(np.float64)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def zero_shot(images, texts, labels):
    scores = images @ texts.T
    own = scores[np.arange(len(labels)), labels]
    ranks = (scores >= own[:, None]).sum(axis=1)
    counts = np.sort(np.bincount(scores.argmax(axis=1), minlength=len(texts)))
    c = len(texts)
    gini = 2 * (np.arange(1, c + 1) * counts).sum() / (c * counts.sum()) - (c + 1) / c
    gap = images.mean(axis=0) - texts.mean(axis=0)
    return {
        "top1": (ranks == 1).mean(),
        "top5": (ranks <= 5).mean(),
        "gini": gini,
        "gap": np.linalg.norm(gap),
        "firstBias": -texts[0] @ gap,
    }


def shifted(images, texts, labels, delta):
    gap = images.mean(axis=0) - texts.mean(axis=0)
    g = gap / np.linalg.norm(gap)
    return zero_shot(unit(images - delta / 2 * g), unit(texts + delta / 2 * g), labels)["top1"]


def emoji():
    folder = os.path.join(ROOT, "samples", "emoji")
    images, texts = unit(np.load(os.path.join(folder, "images.npy"))), unit(np.load(os.path.join(folder, "texts.npy")))
    groups = [json.loads(line)["group"] for line in open(os.path.join(folder, "images.jsonl"), encoding="utf-8")]
    names = list(dict.fromkeys(groups))
    labels = np.array([names.index(group) for group in groups])
    classes = unit(np.stack([texts[np.repeat(labels, 2) == c].mean(axis=0) for c in range(len(names))]))
    numbers = zero_shot(images, classes, labels)
    numbers["top1At0.5"] = shifted(images, classes, labels, 0.5)
    numbers["top1At-1"] = shifted(images, classes, labels, -1)
    predicted = (images @ classes.T).argmax(axis=1)
    people = names.index("people & body")
    numbers["facesAsPeople"] = (predicted[labels == names.index("smileys & emotion")] == people).mean()
    return numbers


def things():
    folder = os.path.join(ROOT, "..", "shared", "data", "things200")
    if not os.path.isdir(folder):
        return None
    image, text, eeg = (unit(np.load(os.path.join(folder, f"things200_{name}.npy"))) for name in ("img_vith14", "text_vith14", "eeg_sub08"))
    labels = np.arange(200)
    numbers = {"imageByText": zero_shot(image, text, labels), "eegByImage": zero_shot(eeg, image, labels)}
    numbers["imageByText"]["top1At0.5"] = shifted(image, text, labels, 0.5)
    return numbers


if __name__ == "__main__":
    print(json.dumps({"emoji": emoji(), "things": things()}, indent=2))
