using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HyperV.Qemu.Engine;

/// <summary>A connection to a running QEMU, in the QEMU Machine Protocol.</summary>
/// <remarks>QEMU serves one connection at a time, so each is kept for a few commands only.</remarks>
internal sealed class QmpConnection : IDisposable
{
    /// <summary>How long QEMU may take for an answer. It answers in a millisecond unless the host is busy.</summary>
    private const int PatienceMilliseconds = 5000;

    private readonly Socket _socket;
    private readonly StreamReader _replies;

    private QmpConnection(Socket socket)
    {
        _socket = socket;
        _replies = new StreamReader(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Connects to a machine.</summary>
    /// <exception cref="IOException">QEMU ended, or did not answer.</exception>
    public static QmpConnection Open(RuntimeFolder folder)
    {
        var connection = new QmpConnection(Connect(folder));
        try
        {
            connection.Receive();
            connection.Execute("qmp_capabilities");
            return connection;
        }
        catch (IOException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command.</summary>
    /// <returns>What it returned.</returns>
    /// <exception cref="EngineException">QEMU refused it.</exception>
    /// <exception cref="IOException">QEMU ended, or did not answer.</exception>
    public JsonElement Execute(string command, JsonObject? arguments = null)
    {
        var request = new JsonObject { ["execute"] = command };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        Send(request.ToJsonString());
        while (true)
        {
            var reply = Receive();
            if (reply.TryGetProperty("return", out var result))
            {
                return result;
            }

            if (reply.TryGetProperty("error", out var error))
            {
                throw new EngineException(EngineFault.Unspecified, error.GetProperty("desc").GetString()!);
            }

            // What remains are events. They are for whoever waits for them.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _replies.Dispose();

    private static Socket Connect(RuntimeFolder folder)
    {
        using var sockets = new SocketFolder(folder);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = PatienceMilliseconds,
            SendTimeout = PatienceMilliseconds,
        };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(sockets.Names.ControlSocket));
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException("QEMU does not take commands.", exception);
        }
    }

    private void Send(string request)
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(request));
        }
        catch (SocketException exception)
        {
            throw new IOException("QEMU does not take commands.", exception);
        }
    }

    private JsonElement Receive()
    {
        var line = _replies.ReadLine() ?? throw new EndOfStreamException("QEMU has ended.");
        using var reply = JsonDocument.Parse(line);
        return reply.RootElement.Clone();
    }
}
