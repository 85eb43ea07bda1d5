using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ModalityGap.Cluster.Cli;

/// <summary>
/// Ports of this worker. The machinery lets two processes listen at one port, of which one is then never heard: a port is claimed by a locked file first, so
/// that workers which start in the same moment take different ones.
/// </summary>
internal sealed class Ports : IDisposable
{
    private readonly List<FileStream> claims = [];

    /// <summary>The first from here on that nobody listens at or has claimed; <c>null</c> where the next sixteen are all taken.</summary>
    public int? ClaimFirst(int from) => Enumerable.Range(from, LocalMembership.MostWorkers)
        .Where(port => port <= IPEndPoint.MaxPort && Claim(port)).Select(port => (int?)port).FirstOrDefault();

    /// <summary>Whether this process is the one that may listen there from now on.</summary>
    public bool Claim(int port)
    {
        try
        {
            string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"modgap-cluster-{port}.lock"));
            var claim = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (IsFree(port))
            {
                claims.Add(claim);
                return true;
            }
            claim.Dispose();
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => claims.ForEach(claim => claim.Dispose());

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
