using BenchmarkDotNet.Running;
using ModalityGap.Benchmarks;

if (args is ["compare", string folder])
    ComparedWork.Run(folder);
else
    BenchmarkSwitcher.FromAssembly(typeof(ComparedWork).Assembly).Run(args);
