namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>The names of Hugging Face's CLIPModel.</summary>
internal static class HuggingFaceNames
{
    // Hugging Face's spelling of pre_layrnorm is part of its files.
    private static readonly (string Theirs, string Ours, bool IsTransposed)[] Whole =
    [
        ("logit_scale", "logit_scale", false),
        ("visual_projection.weight", "visual.proj", true),
        ("text_projection.weight", "text.text_projection", true),
        ("vision_model.embeddings.class_embedding", "visual.class_embedding", false),
        ("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight", false),
        ("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding", false),
        ("text_model.embeddings.token_embedding.weight", "text.token_embedding.weight", false),
        ("text_model.embeddings.position_embedding.weight", "text.positional_embedding", false),
    ];

    private static readonly (string Theirs, string Ours)[] Beginnings =
    [
        ("vision_model.pre_layrnorm.", "visual.ln_pre."),
        ("vision_model.post_layernorm.", "visual.ln_post."),
        ("vision_model.encoder.layers.", "visual.transformer.resblocks."),
        ("text_model.final_layer_norm.", "text.ln_final."),
        ("text_model.encoder.layers.", "text.transformer.resblocks."),
    ];

    private static readonly (string Theirs, string Ours)[] Inside =
    [
        (".layer_norm1.", ".ln_1."),
        (".layer_norm2.", ".ln_2."),
        (".mlp.fc1.", ".mlp.c_fc."),
        (".mlp.fc2.", ".mlp.c_proj."),
        (".self_attn.out_proj.", ".attn.out_proj."),
    ];

    private static readonly string[] QueryKeyValue = ["q", "k", "v"];

    /// <summary>Numbers from 0 on, which older files keep.</summary>
    public static bool IsWeightless(string name) => name.EndsWith("embeddings.position_ids", StringComparison.Ordinal);

    public static TensorPart Read(string name)
    {
        foreach ((string theirs, string ours, bool isTransposed) in Whole)
            if (name == theirs)
                return new TensorPart(ours, IsTransposed: isTransposed);
        foreach ((string theirs, string ours) in Beginnings)
            if (name.StartsWith(theirs, StringComparison.Ordinal))
                return ReadInside(ours + name[theirs.Length..]);
        return new TensorPart(name);
    }

    /// <summary>The published names of one of our tensors: one, or those of queries, keys and values.</summary>
    public static (string[] Names, bool IsTransposed) Write(string name)
    {
        foreach ((string theirs, string ours, bool isTransposed) in Whole)
            if (name == ours)
                return ([theirs], isTransposed);
        foreach ((string theirs, string ours) in Inside)
            name = name.Replace(ours, theirs, StringComparison.Ordinal);
        foreach ((string theirs, string ours) in Beginnings)
            if (name.StartsWith(ours, StringComparison.Ordinal))
                name = theirs + name[ours.Length..];
        const string joined = ".attn.in_proj_";
        return name.Contains(joined, StringComparison.Ordinal)
            ? ([.. QueryKeyValue.Select(letter => name.Replace(joined, $".self_attn.{letter}_proj.", StringComparison.Ordinal))], false)
            : ([name], false);
    }

    private static TensorPart ReadInside(string name)
    {
        foreach ((string theirs, string ours) in Inside)
            name = name.Replace(theirs, ours, StringComparison.Ordinal);
        for (int part = 0; part < QueryKeyValue.Length; part++)
        {
            string theirs = $".self_attn.{QueryKeyValue[part]}_proj.";
            if (name.Contains(theirs, StringComparison.Ordinal))
                return new TensorPart(name.Replace(theirs, ".attn.in_proj_", StringComparison.Ordinal), part, QueryKeyValue.Length);
        }
        return new TensorPart(name);
    }
}
