using HyperV.Qemu.Engine;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class KvmProofTests
{
    private const string Qemu = "/usr/bin/qemu-system-x86_64";

    [Fact]
    public void The_proofs_guest_succeeds_where_it_is_executed() => Assert.True(KvmProof.Try(Qemu, "tcg", "max"));

    [Fact]
    public void It_fails_where_it_is_not() => Assert.False(KvmProof.Try(Qemu, "qtest", "max"));

    [Fact]
    public void It_fails_where_qemu_refuses() => Assert.False(KvmProof.Try(Qemu, "none", "max"));
}
