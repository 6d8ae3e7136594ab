using System;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>The server's end of a console's pipe, as a VM has it: one client, gone and back at each reset.</summary>
internal sealed class ComPort : IDisposable
{
    private readonly string _name;
    private NamedPipeServerStream? _server;

    private ComPort(string name)
    {
        _name = name;
        Path = PathOf(name);
    }

    public string Path { get; }

    private NamedPipeServerStream Server => _server ?? throw new InvalidOperationException("The VM is off.");

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public static ComPort Off() => new($"lkhv-test-{Guid.NewGuid():N}");

    public static ComPort On()
    {
        var port = Off();
        port.TurnOn();
        return port;
    }

    public static string PathOf(string name) => $@"\\.\pipe\{name}";

    public void TurnOn() => _server = SerialPipe.Serve(_name);

    public void TurnOff()
    {
        _server?.Dispose();
        _server = null;
    }

    public Task WaitForClient() => Server.WaitForConnectionAsync(Canceled).WaitAsync(TimeSpan.FromMinutes(2), Canceled);

    public Task Say(string text) => Say(Encoding.UTF8.GetBytes(text));

    public async Task Say(byte[] bytes) => await Server.WriteAsync(bytes, Canceled);

    public async Task<string> Hear(int count)
    {
        var bytes = new byte[count];
        await Server.ReadExactlyAsync(bytes, Canceled);
        return Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => TurnOff();
}
