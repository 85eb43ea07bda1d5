using Npgsql;

namespace ModalityGap.Postgres;

/// <summary>The address of a database: <c>postgres://user@host:port/database?sslmode=require</c>.</summary>
public static class ServerAddress
{
    /// <summary>How to connect. A password that is not in the address comes from PGPASSWORD or a .pgpass file.</summary>
    /// <param name="address">The address; no message repeats it, because it may hold a password.</param>
    /// <exception cref="FormatException">It is no address of a database.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("postgres" or "postgresql")
            || uri.Host.Length == 0 || uri.AbsolutePath.Trim('/') is not { Length: > 0 } database || database.Contains('/', StringComparison.Ordinal))
            throw new FormatException("A database is named as postgres://user@host:port/database, with %40 and the like for special characters.");
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.DnsSafeHost,
            Database = Uri.UnescapeDataString(database),
            Pooling = false,
            ApplicationName = "modgap",
        };
        if (uri.Port > 0)
            connection.Port = uri.Port;
        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            connection.Password = Uri.UnescapeDataString(user[1]);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            connection.SslMode = setting switch
            {
                "sslmode=disable" => SslMode.Disable,
                "sslmode=allow" => SslMode.Allow,
                "sslmode=prefer" => SslMode.Prefer,
                "sslmode=require" => SslMode.Require,
                "sslmode=verify-ca" => SslMode.VerifyCA,
                "sslmode=verify-full" => SslMode.VerifyFull,
                _ => throw new FormatException(
                    "After the question mark of a database's address only sslmode=disable, allow, prefer, require, verify-ca or verify-full can stand."),
            };
        return connection;
    }
}
