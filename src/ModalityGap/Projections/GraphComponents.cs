namespace ModalityGap.Projections;

/// <summary>The parts of a graph that no edge joins: images and texts often have no neighbour in common.</summary>
internal static class GraphComponents
{
    /// <summary>The rows of each component in ascending order; components by their first row.</summary>
    public static int[][] Of(NeighbourGraph graph)
    {
        var seen = new bool[graph.Rows];
        List<int[]> components = [];
        for (int first = 0; first < seen.Length; first++)
            if (!seen[first])
                components.Add(From(first, graph, seen));
        return [.. components];
    }

    private static int[] From(int first, NeighbourGraph graph, bool[] seen)
    {
        List<int> members = [first];
        seen[first] = true;
        for (int at = 0; at < members.Count; at++)
            for (int e = graph.Starts[members[at]]; e < graph.Starts[members[at] + 1]; e++)
                if (!seen[graph.Targets[e]])
                {
                    seen[graph.Targets[e]] = true;
                    members.Add(graph.Targets[e]);
                }
        return [.. members.Order()];
    }
}
