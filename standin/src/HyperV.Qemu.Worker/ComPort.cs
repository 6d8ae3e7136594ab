using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>A COM port: a guest on the one side, and at most one client on the other.</summary>
/// <remarks>
/// The pipe is there while the machine runs, and refuses everybody while it has a client. When the machine is reset the client's
/// connection ends, and for a moment there is no pipe. What the guest sends while there is no client is lost. Where a server
/// of the pipe's name is there before the machine, the port is that server's client, until the connection ends.
/// </remarks>
internal sealed class ComPort : IDisposable
{
    /// <summary>How long the pipe is away when the machine is reset.</summary>
    private const int AbsenceMilliseconds = 100;

    /// <summary>How long after a reset another one may be the BIOS's, which resets the machine once more before it begins.</summary>
    private const int SecondResetMilliseconds = 10_000;

    private readonly string _pipe;
    private readonly string _guestSocket;
    private readonly Stream _log;
    private readonly Socket _guest = PipeSocket.Create();
    private readonly ByteFlow _toGuest = new();
    private readonly ByteFlow _toClient = new();
    private PipeClaim? _claim;
    private Socket? _listener;
    private Socket? _client;
    private bool _guestHasEnded;
    private bool _isSilentSinceReset;
    private long _resetAt;
    private long _reopensAt;

    /// <summary>Describes the port.</summary>
    /// <param name="pipe">The socket that clients open.</param>
    /// <param name="guestSocket">QEMU's socket.</param>
    /// <param name="log">The file that records what the guest sends, also what is lost; empty for none.</param>
    public ComPort(string pipe, string guestSocket, string log)
    {
        _pipe = pipe;
        _guestSocket = guestSocket;
        _log = log.Length > 0 ? new FileStream(log, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0) : Stream.Null;
    }

    /// <summary>When it has something to do whatever comes, in <see cref="Environment.TickCount64"/>; null for never.</summary>
    public long? WakesAt => _claim is not null && _listener is null ? _reopensAt : null;

    /// <summary>Becomes the pipe's server, or the client of the server that is there.</summary>
    /// <exception cref="PipeInUseException">There is a server, and it has a client.</exception>
    public void Open()
    {
        _claim = PipeClaim.TryTake(_pipe);
        if (_claim?.Clear() == true)
        {
            Listen();
            return;
        }

        _claim?.Dispose();
        _claim = null;
        _client = PipeSocket.Create();
        try
        {
            _client.Connect(new UnixDomainSocketEndPoint(_pipe));
        }
        catch (SocketException)
        {
            throw new PipeInUseException(_pipe);
        }
    }

    /// <summary>Connects to the guest.</summary>
    /// <exception cref="SocketException">QEMU does not answer.</exception>
    public void Connect() => _guest.Connect(new UnixDomainSocketEndPoint(_guestSocket));

    /// <summary>Adds the sockets that it waits for.</summary>
    public void Await(List<Socket> readable, List<Socket> writable)
    {
        if (_toClient.IsEmpty && !_guestHasEnded)
        {
            readable.Add(_guest);
        }

        if (!_toGuest.IsEmpty)
        {
            writable.Add(_guest);
        }

        if (_client is null)
        {
            if (_listener is not null)
            {
                readable.Add(_listener);
            }

            return;
        }

        if (_toGuest.IsEmpty)
        {
            readable.Add(_client);
        }

        if (!_toClient.IsEmpty)
        {
            writable.Add(_client);
        }
    }

    /// <summary>Does what can be done without waiting.</summary>
    /// <param name="readable">The sockets that have something to read.</param>
    /// <returns>Whether the guest has said something.</returns>
    public bool Work(List<Socket> readable)
    {
        if (WakesAt <= Environment.TickCount64)
        {
            Listen();
        }

        if (_client is null && _listener is not null && readable.Contains(_listener))
        {
            Accept(_listener);
        }

        var hasHeard = _toClient.IsEmpty && readable.Contains(_guest) && TakeFromGuest();
        GiveToClient();
        if (_client is not null && readable.Contains(_client) && !_toGuest.Take(_client))
        {
            Disconnect(absenceMilliseconds: 0);
        }

        _toGuest.Give(_guest);
        return hasHeard;
    }

    /// <summary>Ends the client's connection, because the machine was reset.</summary>
    public void Reset()
    {
        // What the guest said before is still the client's, but nothing waits for it to take that.
        GiveLastWords();
        var now = Environment.TickCount64;
        if (_isSilentSinceReset && now < _resetAt + SecondResetMilliseconds)
        {
            return;
        }

        _isSilentSinceReset = true;
        _resetAt = now;
        _toGuest.Drop();
        Disconnect(AbsenceMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GiveLastWords();
        Disconnect(absenceMilliseconds: 0);
        _claim?.Dispose();
        _guest.Dispose();
        _log.Dispose();
    }

    private void Listen()
    {
        _listener = PipeSocket.Create();
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(_pipe));

            // One waits to be accepted; more wait for a place in the queue.
            _listener.Listen(0);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Somebody took the name while the pipe was away.
            _listener.Dispose();
            _listener = null;
            _reopensAt = Environment.TickCount64 + AbsenceMilliseconds;
        }
    }

    private void Accept(Socket listener)
    {
        // From here on everybody else is refused. A longer queue makes the system look again at those who wait for a place in it.
        listener.Shutdown(SocketShutdown.Receive);
        _client = listener.Accept();
        _client.Blocking = false;
        listener.Listen(1);
    }

    /// <summary>Gives the client all that the guest has said, as far as that can be done without waiting.</summary>
    private void GiveLastWords()
    {
        GiveToClient();
        while (_toClient.IsEmpty && TakeFromGuest())
        {
            GiveToClient();
        }
    }

    private bool TakeFromGuest()
    {
        _guestHasEnded |= !_toClient.Take(_guest);
        _isSilentSinceReset &= _toClient.IsEmpty;
        _log.Write(_toClient.Bytes);
        return !_toClient.IsEmpty;
    }

    private void GiveToClient()
    {
        if (_client is null)
        {
            _toClient.Drop();
        }
        else if (!_toClient.Give(_client))
        {
            Disconnect(absenceMilliseconds: 0);
        }
    }

    private void Disconnect(int absenceMilliseconds)
    {
        // The file goes with the listener, before the client hears of it.
        _listener?.Dispose();
        _listener = null;
        _client?.Dispose();
        _client = null;
        _toClient.Drop();
        _reopensAt = Environment.TickCount64 + absenceMilliseconds;
    }
}
