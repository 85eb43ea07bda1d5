using ModalityGap.Embeddings;
using Npgsql;

namespace ModalityGap.Postgres;

/// <summary>What the server or the way to it refused, in a sentence with the way out; never with what the connection was made of.</summary>
internal static class ServerFault
{
    public static EmbeddingDataException InWords(NpgsqlException fault, string source)
    {
        (string what, string remedy) = fault switch
        {
            PostgresException said => OfServer(said),
            { Message: var text } when text.StartsWith("No password", StringComparison.Ordinal) => (
                "the server wants a password.", "Set PGPASSWORD or use a .pgpass file."),
            _ => ("the server cannot be reached, or the connection broke.", "Check host and port, and that the server runs."),
        };
        return new EmbeddingDataException(source, what, remedy, fault);
    }

    private static (string Fault, string Remedy) OfServer(PostgresException said) => said.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
            "the server refused user or password.", "Set PGPASSWORD or use a .pgpass file."),
        PostgresErrorCodes.UndefinedTable => ("there is no such table.", "Check its name, and name its schema: schema.table."),
        PostgresErrorCodes.UndefinedColumn => ($"{said.MessageText}.", "Check the names of the columns."),
        PostgresErrorCodes.UndefinedObject => ($"{said.MessageText}.", "The database needs pgvector: CREATE EXTENSION vector."),
        PostgresErrorCodes.UndefinedFunction => ($"{said.MessageText}.", "The database needs pgvector 0.7 or later: ALTER EXTENSION vector UPDATE."),
        PostgresErrorCodes.InvalidCatalogName => ($"{said.MessageText}.", "Check the name that follows the host in the address."),
        PostgresErrorCodes.CannotCoerce => ($"{said.MessageText}.", "A column of embeddings has the type vector or halfvec."),
        PostgresErrorCodes.InsufficientPrivilege => ($"{said.MessageText}.", "The user needs SELECT on the table."),
        PostgresErrorCodes.QueryCanceled => ("the statement took too long.", "Allow more with --statement-timeout, or measure a view of a part of the table."),
        _ => ($"the server says: {said.MessageText}.", "See the server's log."),
    };
}
