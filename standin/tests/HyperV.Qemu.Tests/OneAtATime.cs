using Xunit.Sdk;
using Xunit.v3;

// The environment chooses state and engine, and a process has one.
[assembly: Parallelization(Mode = ParallelMode.None)]
