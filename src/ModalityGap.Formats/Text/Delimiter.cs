namespace ModalityGap.Formats.Text;

/// <summary>Finds out what separates the fields of a table in text.</summary>
internal static class Delimiter
{
    /// <summary>
    /// The one of tab, semicolon and comma that splits the first lines into the same number of fields, more than one; where several or
    /// none do, the one that splits into most, and the usual one at a tie.
    /// </summary>
    public static char Of(string start, char usual, bool whole)
    {
        List<string> lines = [.. start.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
        // A line that the sample cuts says nothing.
        if (!whole && lines.Count > 1)
            lines.RemoveAt(lines.Count - 1);
        return ((char[])[usual, '\t', ';', ',']).Distinct()
            .Select(candidate => (candidate, counts: lines.Select(line => Count(line, candidate)).ToList()))
            .Where(split => split.counts.Count > 0)
            .OrderByDescending(split => split.counts[0] > 0 && split.counts.Distinct().Count() == 1)
            .ThenByDescending(split => split.counts[0])
            .Select(split => split.candidate)
            .FirstOrDefault(usual);
    }

    /// <summary>How often it stands outside quotes and brackets.</summary>
    private static int Count(string line, char delimiter)
    {
        int count = 0, depth = 0;
        bool quoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (!quoted && letter == '[')
                depth++;
            else if (!quoted && letter == ']')
                depth--;
            else if (letter == delimiter && !quoted && depth == 0)
                count++;
        }
        return count;
    }
}
