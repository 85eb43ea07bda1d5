using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace ModalityGap.Postgres.Tests;

/// <summary>A server on loopback that lets a client in, or not, and then answers its first statement in one way; for faults that a healthy server does not have.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<ScriptedServer, NetworkStream, Task> script;
    private readonly CancellationTokenSource stopped = new();
    private readonly TaskCompletionSource asked = new();

    public ScriptedServer(Func<ScriptedServer, NetworkStream, Task> script)
    {
        this.script = script;
        listener.Start();
        _ = Serve();
    }

    public NpgsqlConnectionStringBuilder Connection => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        Username = "me",
        Password = "s3cret-word",
        Database = "shop",
        SslMode = SslMode.Disable,
        Pooling = false,
    };

    /// <summary>Done when a client has connected.</summary>
    public Task Asked => asked.Task;

    public CancellationToken Stopped => stopped.Token;

    /// <summary>Refuses at the door.</summary>
    public static ScriptedServer Refusing(string state, string message) => new((_, client) => Fault(client, state, message, thenReady: false));

    /// <summary>Answers each statement with a fault.</summary>
    public static ScriptedServer Failing(string state, string message) => new(async (_, client) =>
    {
        await LetIn(client);
        while (await Message(client) is { } type)
            if (type is 'S' or 'Q')
                await Fault(client, state, message, thenReady: true);
    });

    /// <summary>Closes the connection at the first statement.</summary>
    public static ScriptedServer Leaving() => new(async (_, client) =>
    {
        await LetIn(client);
        await Message(client);
    });

    /// <summary>Never answers a statement.</summary>
    public static ScriptedServer Silent() => new(async (server, client) =>
    {
        await LetIn(client);
        await Task.Delay(Timeout.Infinite, server.Stopped);
    });

    public void Dispose()
    {
        stopped.Cancel();
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task Serve()
    {
        while (!stopped.IsCancellationRequested)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(stopped.Token);
            _ = One(client);
        }
    }

    private async Task One(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            var head = new byte[8];
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - 8]);
            asked.TrySetResult();
            await script(this, stream);
        }
    }

    private static async Task LetIn(NetworkStream client)
    {
        await Send(client, 'R', [0, 0, 0, 0]);
        await Send(client, 'S', Encoding.ASCII.GetBytes("server_version\0" + "17.0\0"));
        await Send(client, 'K', [0, 0, 0, 1, 0, 0, 0, 2]);
        await Send(client, 'Z', "I"u8.ToArray());
    }

    private static async Task Fault(NetworkStream client, string state, string message, bool thenReady)
    {
        await Send(client, 'E', Encoding.UTF8.GetBytes($"SERROR\0VERROR\0C{state}\0M{message}\0\0"));
        if (thenReady)
            await Send(client, 'Z', "I"u8.ToArray());
    }

    private static async Task<char?> Message(NetworkStream client)
    {
        var head = new byte[5];
        if (await client.ReadAtLeastAsync(head, 5, throwOnEndOfStream: false) < 5)
            return null;
        await client.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4]);
        return (char)head[0];
    }

    private static async Task Send(NetworkStream client, char type, byte[] content)
    {
        var message = new byte[5 + content.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + content.Length);
        content.CopyTo(message, 5);
        await client.WriteAsync(message);
    }
}
