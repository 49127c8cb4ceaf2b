"""The training step in PyTorch on one thread.

g runs once over all positions, and Adam updates one vector of all parameters, which measured quicker than
torch.optim.Adam, with or without foreach, and than a traced module.

Reads the task as one line of JSON, writes the versions; then for each line "differentiate" the loss and
the flat gradient, and for each line with a number of steps the seconds they took and the weights.
"""

import json
import os
import re
import sys
import time

import torch

torch.set_num_threads(1)


def tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float32)


task = json.loads(sys.stdin.readline())
batch, length, hidden = task["batch"], task["length"], task["hiddenDim"]
inputs = tensor(task["x"]).view(batch, length, -1).unbind(1)
# time first
y = tensor(task["y"]).view(batch, length).t().contiguous().view(-1, 1)
initial = torch.zeros(batch, hidden)

flat = torch.cat([tensor(layer[part]) for layer in task["layers"] for part in ("weight", "bias")])
parameters = []
end = 0
for layer in task["layers"]:
    for shape in ((layer["outputs"], layer["inputs"]), (layer["outputs"],)):
        start, end = end, end + torch.Size(shape).numel()
        parameters.append(flat[start:end].view(shape).requires_grad_())
first, second = torch.zeros_like(flat), torch.zeros_like(flat)
adam = task["adam"]
beta1, beta2 = adam["beta1"], adam["beta2"]
steps = 0


def compute_loss():
    w1, b1, w2, b2, w3, b3, w4, b4 = parameters
    w1, w2 = w1.t(), w2.t()
    h = initial
    states = []
    for x in inputs:
        h = torch.addmm(b2, torch.addmm(b1, torch.cat((h, x), 1), w1).relu_(), w2)
        states.append(h)
    inner = torch.addmm(b3, torch.cat(states), w3.t()).relu_()
    e = torch.addmm(b4, inner, w4.t()) - y
    return 0.5 * torch.log1p(e * e).mean()


def differentiate():
    loss = compute_loss()
    gradients = torch.autograd.grad(loss, parameters)
    return loss, torch.cat([g.reshape(-1) for g in gradients])


def step():
    global steps
    steps += 1
    _, g = differentiate()
    correction = (1 - beta2**steps) ** 0.5
    rate = adam["learningRate"] * correction / (1 - beta1**steps)
    with torch.no_grad():
        first.mul_(beta1).add_(g, alpha=1 - beta1)
        second.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        flat.addcdiv_(first, second.sqrt().add_(adam["epsilon"] * correction), value=-rate)


def find_blas():
    """The name of the BLAS that this process has loaded; None where it is linked in or unknown."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {os.path.realpath(path) for path in re.findall(r"/\S*blas\S*", maps.read())}
    except OSError:
        return None
    if not paths:
        return None
    return "OpenBLAS" if any("openblas" in path for path in paths) else "reference BLAS"


def answer(value):
    print(json.dumps(value), flush=True)


differentiate()
answer({"version": torch.__version__, "blas": find_blas()})
for line in sys.stdin:
    if line.strip() == "differentiate":
        loss, gradient = differentiate()
        answer({"loss": loss.item(), "gradient": gradient.tolist()})
        continue
    begin = time.perf_counter()
    for _ in range(int(line)):
        step()
    taken = time.perf_counter() - begin
    answer({"seconds": taken, "weights": flat.tolist()})
