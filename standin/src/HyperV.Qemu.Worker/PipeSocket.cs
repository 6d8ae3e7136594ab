using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>The sockets between a guest and its clients.</summary>
internal static class PipeSocket
{
    /// <summary>Makes a socket that never waits.</summary>
    public static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
}
