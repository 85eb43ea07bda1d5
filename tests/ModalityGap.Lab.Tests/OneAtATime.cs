using Xunit.Sdk;
using Xunit.v3;

// libtorch uses every core for one test; two at a time only wait for each other, and the count of living tensors is one for all.
[assembly: Parallelization(Mode = ParallelMode.None)]
