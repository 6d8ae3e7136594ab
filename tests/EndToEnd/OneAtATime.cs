using Xunit;

// The stand-in is told by environment variables where its state is, and a machine wants a processor to itself.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
