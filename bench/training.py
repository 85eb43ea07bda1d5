"""The other side of bench/training: the laboratory's default model in PyTorch, the same weights, batch and optimiser."""
import json
import math
import os
import subprocess
import sys
import time

import openblas  # noqa: F401  before NumPy
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

LOSSES, STEPS, RATE, DECAY = 5, 60, 2e-3, 0.05


def read(path):
    """The tensors of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        start = file.tell()
        kinds = {"F32": np.float32, "I64": np.int64}
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            begin, end = entry["data_offsets"]
            file.seek(start + begin)
            values = np.frombuffer(file.read(end - begin), kinds[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
        return tensors


class Block(nn.Module):
    def __init__(self, channels, wider):
        super().__init__()
        self.first = nn.Conv2d(channels, wider, 3, 2, 1, bias=False)
        self.firstNorm = nn.BatchNorm2d(wider)
        self.second = nn.Conv2d(wider, wider, 3, 1, 1, bias=False)
        self.secondNorm = nn.BatchNorm2d(wider)
        self.shortcut = nn.Conv2d(channels, wider, 1, 2, bias=False)
        self.shortcutNorm = nn.BatchNorm2d(wider)

    def forward(self, x):
        inner = F.relu(self.firstNorm(self.first(x)))
        return F.relu(self.secondNorm(self.second(inner)) + self.shortcutNorm(self.shortcut(x)))


class Pictures(nn.Module):
    def __init__(self, width, dimensions):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, 2, 1, bias=False)
        self.stemNorm = nn.BatchNorm2d(width)
        self.blocks = nn.ModuleList(Block(width << k, width << (k + 1)) for k in range(3))
        self.output = nn.Linear(8 * width, dimensions)

    def forward(self, x):
        x = F.relu(self.stemNorm(self.stem(x)))
        for block in self.blocks:
            x = block(x)
        return self.output(x.mean((2, 3)))


class Texts(nn.Module):
    def __init__(self, vocabulary, width, dimensions):
        super().__init__()
        self.vectors = nn.Embedding(vocabulary, width, padding_idx=0)
        self.norm = nn.LayerNorm(width)
        self.hidden = nn.Linear(width, 2 * width)
        self.output = nn.Linear(2 * width, dimensions)

    def forward(self, numbers):
        present = (numbers != 0).unsqueeze(-1).float()
        mean = (self.vectors(numbers) * present).sum(1) / present.sum(1).clamp_min(1)
        return self.output(F.gelu(self.hidden(self.norm(mean))))


class Dual(nn.Module):
    def __init__(self, weights):
        super().__init__()
        vocabulary, token = weights["texts.vectors.weight"].shape
        dimensions = weights["images.output.weight"].shape[0]
        self.images = Pictures(token // 4, dimensions)
        self.texts = Texts(vocabulary, token, dimensions)
        self.logScale = nn.Parameter(torch.zeros(()))
        self.load_state_dict(weights)


def product():
    """GFLOP/s of a product of two 1024 x 1024 matrices, as the laboratory measures it."""
    a, b = torch.ones(1024, 1024), torch.ones(1024, 1024)
    best = math.inf
    for _ in range(8):
        start = time.perf_counter()
        a.matmul(b)
        best = min(best, time.perf_counter() - start)
    return 2 * 1024 ** 3 / best / 1e9


def theirs(path):
    tensors = read(path)
    model = Dual({name[6:]: tensor for name, tensor in tensors.items() if name.startswith("model.")})
    pictures, numbers = tensors["pictures"], tensors["numbers"]
    groups = [[p for p in model.parameters() if p.dim() >= 2], [p for p in model.parameters() if p.dim() < 2]]
    optimizer = torch.optim.AdamW(
        [{"params": groups[0], "weight_decay": DECAY}, {"params": groups[1], "weight_decay": 0}], lr=RATE, betas=(0.9, 0.98), eps=1e-6)
    own = torch.arange(len(numbers))

    def step():
        optimizer.zero_grad()
        logits = model.logScale.exp() * F.normalize(model.images(pictures), dim=1) @ F.normalize(model.texts(numbers), dim=1).T
        loss = (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            model.logScale.clamp_(max=math.log(100))
        return loss.item()

    losses = [step() for _ in range(LOSSES)]
    seconds = []
    for _ in range(STEPS):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return {"losses": losses, "step": sorted(seconds)[STEPS // 2], "product": product(), "threads": torch.get_num_threads(), "version": torch.__version__}


torch.set_num_threads(os.cpu_count())


def main():
    program, room, rounds = sys.argv[1], sys.argv[2], 3
    path = f"{room}/step.safetensors"
    ours, others = [], []
    for _ in range(rounds):
        ours.append(json.loads(subprocess.run([program, path], check=True, capture_output=True, text=True).stdout))
        others.append(json.loads(subprocess.run([sys.executable, __file__, "--theirs", path], check=True, capture_output=True, text=True).stdout))
    worst = max(abs(a - b) / abs(b) for a, b in zip(ours[0]["losses"], others[0]["losses"]))
    print(f"{ours[0]['threads']} threads; TorchSharp with libtorch {ours[0]['version']}, PyTorch {others[0]['version']}; medians of {rounds} runs of {STEPS} steps")
    print(f"the first {LOSSES} losses agree to {worst:.1e} (relative)")
    if worst > 1e-3:
        sys.exit("the two models are not the same")
    middle = lambda runs, key: sorted(run[key] for run in runs)[rounds // 2]
    step, other = middle(ours, "step"), middle(others, "step")
    rate, other_rate = middle(ours, "product"), middle(others, "product")
    allowed = 1.1 * max(1, other_rate / rate)
    print()
    print("| | PyTorch | ours | ratio | bar |")
    print("|---|---:|---:|---:|---:|")
    print(f"| training step, 256 pairs | {1000 * other:.1f} ms | {1000 * step:.1f} ms | {step / other:.2f} | {allowed:.2f} |")
    print(f"| plain product, 1024³ | {other_rate:.0f} GFLOP/s | {rate:.0f} GFLOP/s | {rate / other_rate:.2f} | |")


if __name__ == "__main__":
    if sys.argv[1] == "--theirs":
        print(json.dumps(theirs(sys.argv[2])))
    else:
        main()
