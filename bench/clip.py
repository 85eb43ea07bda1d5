"""The other side of bench/clip: CLIP's ViT-B/32 in PyTorch, the same weights and pictures."""
import json
import os
import subprocess
import sys
import time

import openblas  # noqa: F401  before NumPy
import numpy as np
import torch
from torch import nn

from training import product, read

ROWS, WARM, TIMES, WIDTH, HEADS, DEPTH = 32, 2, 10, 768, 12, 12


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn = nn.MultiheadAttention(WIDTH, HEADS)
        self.ln_1 = nn.LayerNorm(WIDTH)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(WIDTH, 4 * WIDTH), "c_proj": nn.Linear(4 * WIDTH, WIDTH)})
        self.ln_2 = nn.LayerNorm(WIDTH)

    def forward(self, x):
        y = self.ln_1(x)
        x = x + self.attn(y, y, y, need_weights=False)[0]
        y = self.mlp["c_fc"](self.ln_2(x))
        return x + self.mlp["c_proj"](y * torch.sigmoid(1.702 * y))


class Vision(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTH, 32, 32, bias=False)
        self.class_embedding = nn.Parameter(torch.empty(WIDTH))
        self.positional_embedding = nn.Parameter(torch.empty(50, WIDTH))
        self.ln_pre = nn.LayerNorm(WIDTH)
        self.transformer = nn.ModuleDict({"resblocks": nn.ModuleList(Block() for _ in range(DEPTH))})
        self.ln_post = nn.LayerNorm(WIDTH)
        self.proj = nn.Parameter(torch.empty(WIDTH, 512))
        self.load_state_dict(weights)

    def forward(self, x):
        x = self.conv1(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_embedding.expand(len(x), 1, WIDTH), x], 1) + self.positional_embedding
        x = self.ln_pre(x).transpose(0, 1)
        for block in self.transformer["resblocks"]:
            x = block(x)
        return self.ln_post(x[0]) @ self.proj


def theirs(path):
    model = Vision({name[7:]: tensor for name, tensor in read(path).items() if name.startswith("visual.")}).eval()
    count = np.arange(ROWS * 3 * 224 * 224, dtype=np.int64)
    pictures = torch.from_numpy(((count * 7919 % 1000 - 500) / np.float32(250)).astype(np.float32)).reshape(ROWS, 3, 224, 224)
    seconds = []
    with torch.no_grad():
        for _ in range(WARM + TIMES):
            start = time.perf_counter()
            features = model(pictures)
            seconds.append(time.perf_counter() - start)
    seconds = sorted(seconds[WARM:])
    return {
        "features": features[0].tolist(), "forward": seconds[TIMES // 2], "fastest": seconds[0],
        "product": product(), "threads": torch.get_num_threads(), "version": torch.__version__,
    }


def main():
    program, room, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    path = f"{room}/vit.safetensors"
    ours, others = [], []
    for _ in range(rounds):
        ours.append(json.loads(subprocess.run([program, path], check=True, capture_output=True, text=True).stdout))
        others.append(json.loads(subprocess.run([sys.executable, __file__, "--theirs", path], check=True, capture_output=True, text=True).stdout))
    a, b = np.array(ours[0]["features"]), np.array(others[0]["features"])
    worst = np.abs(a - b).max() / np.abs(b).max()
    print(f"{ours[0]['threads']} threads; TorchSharp with libtorch {ours[0]['version']}, PyTorch {others[0]['version']}; {rounds} runs of {TIMES} batches of {ROWS}, in turns")
    print(f"features agree to {worst:.1e} of the largest")
    if worst > 1e-4:
        sys.exit("the two models are not the same")
    middle = lambda runs, key: sorted(run[key] for run in runs)[rounds // 2]
    least = lambda runs: min(run["fastest"] for run in runs)
    rate, other_rate = middle(ours, "product"), middle(others, "product")
    print()
    print("| | PyTorch | ours | ratio | bar |")
    print("|---|---:|---:|---:|---:|")
    for what, mine, other in (("median", middle(ours, "forward"), middle(others, "forward")), ("fastest", least(ours), least(others))):
        print(f"| pictures a second, {what} batch | {ROWS / other:.1f} | {ROWS / mine:.1f} | {other / mine:.2f} | {0.9 * min(1, rate / other_rate):.2f} |")
    print(f"| plain product, 1024³, GFLOP/s | {other_rate:.0f} | {rate:.0f} | {rate / other_rate:.2f} | |")


if __name__ == "__main__":
    torch.set_num_threads(os.cpu_count())
    if sys.argv[1] == "--theirs":
        print(json.dumps(theirs(sys.argv[2])))
    else:
        main()
