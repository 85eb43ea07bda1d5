using BenchmarkDotNet.Running;
using ModalityGap.Benchmarks;

if (args is ["compare", string folder])
    ComparedWork.Run(folder);
else if (args is ["eigen", string path, string dimensions])
    EigenWork.Run(path, int.Parse(dimensions, System.Globalization.CultureInfo.InvariantCulture));
else if (args is ["umap", string rows, string output])
    UmapWork.Run(rows, output);
else if (args is ["trust", string embedded, .. string[] layouts])
    UmapWork.Trust(embedded, layouts);
else
    BenchmarkSwitcher.FromAssembly(typeof(ComparedWork).Assembly).Run(args);
