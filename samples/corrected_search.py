"""Search with the scores of a fitted correction; needs NumPy, the JSON file and the .safetensors file beside it."""

import json
import os

import numpy as np

PATH = "gap.json"


def _load(path):
    with open(path, encoding="utf-8") as file:
        artefact = json.load(file)
    if artefact["schemaVersion"] != 1:
        raise ValueError(f"{path}: it is of schema version {artefact['schemaVersion']}; this code reads 1.")
    with open(os.path.join(os.path.dirname(path), artefact["tensors"]["file"]), "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    types = {"F32": "<f4", "F64": "<f8"}
    tensors = {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }
    return artefact, tensors


ARTEFACT, TENSORS = _load(PATH)


def _unit(rows):
    return rows / np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)


def correct(rows, modality, queries=False):
    """Rows as the model gave them, n x d -> corrected rows of norm 1, n x k. Queries never seen are treated as documents."""
    known = {(role["modality"], role["queries"]): role for role in ARTEFACT["roles"]}
    role = known.get((modality, queries)) or known[(modality, False)]
    rows = _unit(np.asarray(rows))
    for step in role["steps"]:
        if "centre" in step:
            rows = rows - TENSORS[step["centre"]]
        if "scale" in step:
            rows = rows * TENSORS[step["scale"]]
        if "matrix" in step:
            rows = rows @ TENSORS[step["matrix"]].T
        if "offset" in step:
            rows = rows + TENSORS[step["offset"]]
        rows = _unit(rows)
    return rows


def scale_and_terms(documents, modality):
    """a of a modality and b(d) of its corrected documents: the corrected score is a (q . d) + b(d)."""
    scores = ARTEFACT.get("scores")
    if scores is None:
        return 1.0, np.zeros(len(documents))
    of_modality = next(side for side in (scores["first"], scores["second"]) if side["modality"] == modality)
    terms = np.full(len(documents), of_modality["shift"], dtype=np.float64)
    if "direction" in scores:
        terms += documents @ TENSORS[scores["direction"]]
    if "bank" in scores:
        terms -= _draw(documents, scores["bank"])
    return of_modality["scale"], terms


def _draw(documents, bank):
    products = documents @ TENSORS[bank["queries"]].T
    if bank["kind"] == "mean-of-nearest":
        return bank["weight"] * np.sort(products, axis=1)[:, -bank["nearest"] :].mean(axis=1)
    largest = products.max(axis=1, keepdims=True)
    beta = bank["inverseTemperature"]
    return largest[:, 0] + np.log(np.exp(beta * (products - largest)).sum(axis=1)) / beta


def bake(rows, modality, queries=False):
    """Rows as the model gave them -> rows for one index by inner product: documents [a d, b], queries [q, 1]."""
    corrected = correct(rows, modality, queries)
    if ARTEFACT.get("scores") is None:
        return corrected
    if queries:
        return np.hstack([corrected, np.ones((len(corrected), 1))])
    scale, terms = scale_and_terms(corrected, modality)
    return np.hstack([scale * corrected, terms[:, None]])


def search_baked(query, documents, count):
    """Form (a): one index. A baked query and all baked documents -> rows of the best ones, best first."""
    return np.argsort(-(documents @ query), kind="stable")[:count]


def search_merged(query, documents, count, candidates):
    """Form (b): the nearest of each modality, then merged. documents: {modality: (ids, corrected rows, a, b)}.

    With one b for each modality as many candidates as wanted are enough; where b differs from document to document, take more.
    """
    hits = []
    for ids, rows, scale, terms in documents.values():
        products = rows @ query
        for row in np.argsort(-products, kind="stable")[:candidates]:
            hits.append((scale * products[row] + terms[row], ids[row]))
    return [hit[1] for hit in sorted(hits, key=lambda hit: -hit[0])[:count]]
