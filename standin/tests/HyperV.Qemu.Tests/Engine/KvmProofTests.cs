using HyperV.Qemu.Engine;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class KvmProofTests
{
    private const string Qemu = "/usr/bin/qemu-system-x86_64";

    [Fact]
    public void TheProofsGuestSucceedsWhereItIsExecuted() => Assert.True(KvmProof.Try(Qemu, "tcg", "max"));

    [Fact]
    public void ItFailsWhereItIsNot() => Assert.False(KvmProof.Try(Qemu, "qtest", "max"));

    [Fact]
    public void ItFailsWhereQemuRefuses() => Assert.False(KvmProof.Try(Qemu, "none", "max"));
}
