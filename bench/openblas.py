"""To be imported before NumPy: the fair kernel for OpenBLAS.

OpenBLAS 0.3.21 takes processors that are newer than itself for a generic one, and is then six times slower (34 instead of 236 GFLOP/s, one product of 2048 x 2048);
where the processor has AVX-512, this names the kernel that OpenBLAS chooses for those that it knows.
"""
import os

try:
    with open("/proc/cpuinfo") as about:
        if " avx512f" in about.read():
            os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX")
except OSError:
    pass
