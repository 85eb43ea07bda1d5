"""Writes the small checkpoints and pickles that the tests read, with PyTorch and NumPy themselves (1.13 and 1.24).

    python3 scripts/pickle_fixtures.py tests/ModalityGap.Tests/Sources/Pickles
"""

import collections
import os
import pickle
import sys

import numpy as np
import torch

os.chdir(sys.argv[1])
image = torch.arange(12, dtype=torch.float32).reshape(4, 3) / 4
text = image + 1
pair = {"image": image, "text": text}
base = torch.arange(60, dtype=torch.float32).reshape(2, 6, 5)
ids = ["a", "bé", "c", "d"]

torch.save(pair, "pair.pt")
torch.save(pair, "old.pt", _use_new_zipfile_serialization=False)
torch.save(image.half(), "single.pt")
torch.save({"emb": image.to(torch.bfloat16)}, "bfloat16.pt")
torch.save({"emb": image.double().t().contiguous().t()}, "transposed.pt")
torch.save({"slice": base[0, ::2, 1:4], "permuted": base.permute(1, 0, 2)[:, 0, :3], "part": base[1, :3, 2:]}, "views.pt")
torch.save({"slice": base[0, ::2, 1:4], "permuted": base.permute(1, 0, 2)[:, 0, :3], "part": base[1, :3, 2:]}, "old-views.pt",
           _use_new_zipfile_serialization=False)
torch.save(torch.nn.ParameterDict({k: torch.nn.Parameter(v) for k, v in pair.items()}).state_dict(), "state.pt")
torch.save({"emb": (image * 4).to(torch.int8), "labels": torch.arange(4), "ids": ids, "run": {"epoch": 3, "lr": 0.1, "ok": True}}, "int8.pt")
torch.save(torch.stack([image, text]), "stack.pt")
torch.save(list(image), "rows.pt")
torch.save([torch.nn.Parameter(image), torch.device("cpu"), torch.Size([1]), torch.float16], "odds.pt")

x, y = image.numpy(), text.numpy()
for protocol in range(6):

    def dump(value, name):
        with open(f"{name}-{protocol}.pkl", "wb") as file:
            pickle.dump(value, file, protocol=protocol)

    dump({"image_emb": x, "text_emb": y.astype(np.float16), "ids": ids, "labels": [7, 8, 9, 123456789]}, "pair")
    dump(np.asfortranarray(x.astype(">f8")), "fortran")
    dump([[float(v) for v in row] for row in x], "rows")
    dump({f"img/{i}.jpg": [float(v) for v in row] for i, row in enumerate(x)}, "by-id")
    dump(collections.OrderedDict((f"n{i}", row) for i, row in enumerate(x)), "arrays-by-id")
    dump({
        "train": {"image": x, "text": list(y)},
        "epoch": np.float32(1.5), "n": np.int64(3), "set": {1, 2}, "bytes": b"\x00\xff", "empty": b"",
        "quoted": "it's\n\u20ac \U0001f600\\u0041", "huge": 10 ** 30, "small": -5, "truth": (True, False, None),
    }, "nested")

with open("tensor.pkl", "wb") as file:
    pickle.dump({"x": image}, file)
