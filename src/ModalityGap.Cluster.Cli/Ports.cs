using System.Net;
using System.Net.Sockets;

namespace ModalityGap.Cluster.Cli;

/// <summary>Ports that nobody listens at.</summary>
internal static class Ports
{
    /// <summary>The first free one from here on; <c>null</c> where the next sixteen are all taken.</summary>
    public static int? FirstFree(int from) => Enumerable.Range(from, LocalMembership.MostWorkers)
        .Where(port => port <= IPEndPoint.MaxPort && IsFree(port)).Select(port => (int?)port).FirstOrDefault();

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
