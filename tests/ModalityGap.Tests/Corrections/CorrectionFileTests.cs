using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Corrections;

/// <summary>The artefact: what it says, and what is refused.</summary>
public sealed class CorrectionFileTests : IDisposable
{
    private static readonly PairedEmbeddings Pairs = Rows.Cones(40, 6, 231);

    private readonly ScratchFolder folder = new();

    private string Json => Path.Combine(folder.Path, "gap.json");

    private string Tensors => Path.Combine(folder.Path, "gap.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Save_OfAFittedCorrection_SaysWhatItIsAndWhereItCameFrom()
    {
        string source = folder.Write("images.npy", "not read");
        var fingerprint = new Fingerprint("sha256", "00ff");
        EmbeddingSet images = new(Modality.Image, [.. Pairs.First.Values], 6, new Provenance(source, "npy", "float32", "0", fingerprint));
        CorrectionSample plain = CorrectionSample.Of(Pairs);
        var sample = new CorrectionSample(UnitEmbeddings.Normalize(images), Pairs.Second, plain.Pairs) { Model = "ViT-B/32", Seed = 20220303 };
        CorrectionFile.Save(Json, new LinearMap(2.5).Fit(sample));
        JsonNode json = JsonNode.Parse(File.ReadAllText(Json))!;
        Assert.Equal(1, (int)json["schemaVersion"]!);
        Assert.StartsWith("modgap ", (string)json["tool"]!, StringComparison.Ordinal);
        Assert.Equal(("linear-map", "2.5"), ((string)json["corrections"]![0]!["id"]!, (string)json["corrections"]![0]!["parameters"]!["ridge"]!));
        Assert.Equal(("ViT-B/32", 20220303, 40), ((string)json["model"]!, (long)json["seed"]!, (int)json["pairs"]!));
        Assert.Equal(("image", source, "00ff"), ((string)json["fittedOn"]![0]!["modality"]!, (string)json["fittedOn"]![0]!["source"]!, (string)json["fittedOn"]![0]!["fingerprint"]!["value"]!));
        Assert.Equal((6, 6, "matrix"), ((int)json["roles"]![1]!["inputDimensions"]!, (int)json["roles"]![1]!["outputDimensions"]!, (string)json["roles"]![1]!["steps"]![0]!["kind"]!));
        Assert.Equal("gap.safetensors", (string)json["tensors"]!["file"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Tensors))), (string)json["tensors"]!["fingerprint"]!["value"]!);
        CorrectionOrigin origin = CorrectionFile.Load(Json).Origin;
        Assert.Equal(("ViT-B/32", 20220303L), (origin.Model, origin.Seed!.Value));
        Assert.Equal(images.Provenance, origin.Rows[0].Provenance);
    }

    [Fact]
    public void Save_OverAnOlderOne_ReplacesBoth()
    {
        CorrectionFile.Save(Json, new MeanRemoval().Fit(CorrectionSample.Of(Pairs)));
        CorrectionFile.Save(Json, new Whitening().Fit(CorrectionSample.Of(Pairs)));
        Assert.Equal("whitening", CorrectionFile.Load(Json).Id);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.Throws<ArgumentException>(() => CorrectionFile.Save(Tensors, CorrectionFile.Load(Json)));
    }

    [Fact]
    public void Save_WhereItCannotWrite_LeavesNothing()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        Assert.ThrowsAny<IOException>(() => CorrectionFile.Save(Path.Combine(folder.Path, "missing", "gap.json"), fitted));
        // The place of the JSON file is taken by a folder: the move fails, and no temporary file stays.
        Directory.CreateDirectory(Json);
        Assert.ThrowsAny<Exception>(() => CorrectionFile.Save(Json, fitted));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_OfANewerVersion_SaysSo()
    {
        Saved();
        Edit(json => json["schemaVersion"] = 2);
        Refused("schema version 2; this version reads 1", "Update modgap");
        File.WriteAllText(Json, """{"schemaVersion": 7, "everything": "else"}""");
        Refused("schema version 7", "Update modgap");
    }

    [Fact]
    public void Load_OfATruncatedOrChangedTensorFile_NamesIt()
    {
        Saved();
        byte[] whole = File.ReadAllBytes(Tensors);
        File.WriteAllBytes(Tensors, whole[..^5]);
        Assert.Equal(Tensors, Refused("truncated", "copy both").Origin);
        whole[^3] ^= 1;
        File.WriteAllBytes(Tensors, whole);
        Refused("was changed", "copy both");
        File.Delete(Tensors);
        Refused("no such file", "");
    }

    [Fact]
    public void Load_OfSomethingElse_SaysSo()
    {
        File.WriteAllText(Json, "{ \"a\": 1 }");
        Refused("not the description of a correction", "Name the JSON file");
        File.WriteAllText(Json, "null");
        Refused("null", "");
        File.WriteAllText(Json, "[1, 2");
        Refused("not the description", "");
    }

    [Fact]
    public void Load_OfPartsThatDoNotFit_SaysWhich()
    {
        Edited(json => json["roles"]![0]!["steps"]![0]!["kind"] = "spline", "unknown kind \"spline\"", "Update modgap");
        Edited(json => json["roles"]![0]!["steps"]![0]!["kind"] = "identity", "a step called identity holds a matrix", "Fit and save");
        Edited(json => json["roles"]![0]!["inputDimensions"] = 7, "a step takes 6 dimensions where 7 arrive", "Fit and save");
        Edited(json => json["roles"]![0]!["outputDimensions"] = 7, "give 6 dimensions where it says 7", "Fit and save");
        Edited(json => json["roles"]![0]!["steps"]![0]!["matrix"] = "role-9", "the array role-9 is not in gap.safetensors", "Fit and save");
        Edited(json => json["roles"]![0]!["steps"]![0]!["matrix"] = "role-0.step-0.centre", "is not a matrix of float32 values with 6 columns", "Fit and save");
        Edited(json => json["roles"]![1]!["modality"] = "image", "a role is named twice", "Fit and save");
        Edited(json => json["roles"]!.AsArray().Add(null), "holds null", "Fit and save");
        Edited(json => json["tensors"]!["file"] = "../gap.safetensors", "where a file beside it is meant", "copy both");
        Edited(json => json["tensors"] = null, "not the description", "Name the JSON file");
    }

    [Fact]
    public void Load_OfValuesThatAreNotFinite_Refuses()
    {
        Saved();
        using (SourceFile file = SourceFile.Open(Tensors))
        {
            Dictionary<string, SafetensorsTensor> tensors = SafetensorsTensor.ReadAll(file);
            tensors["role-0.step-0.matrix"].Singles![4] = float.PositiveInfinity;
            using FileStream changed = File.Create(Path.Combine(folder.Path, "changed.safetensors"));
            SafetensorsTensor.WriteAll(changed, [.. tensors.Values]);
        }
        string path = Path.Combine(folder.Path, "changed.safetensors");
        Edit(json =>
        {
            json["tensors"]!["file"] = "changed.safetensors";
            json["tensors"]!["bytes"] = new FileInfo(path).Length;
            json["tensors"]!["fingerprint"]!["value"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        });
        Refused("a value of the step is not finite", "Fit and save");
    }

    [Fact]
    public void Load_OfDamagedJson_RefusesWithOneKindOfException()
    {
        Saved();
        string text = File.ReadAllText(Json);
        RandomStream random = new(232);
        int refused = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            char[] damaged = text.ToCharArray();
            for (int change = random.NextIndex(3); change >= 0; change--)
                damaged[random.NextIndex(damaged.Length)] = "0{}[]\",:x9-nul"[random.NextIndex(14)];
            File.WriteAllText(Json, new string(damaged));
            try
            {
                CorrectionFile.Load(Json);
            }
            catch (EmbeddingDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 400);
    }

    [Fact]
    public void Load_OfDamagedValues_RefusesWithOneKindOfException()
    {
        Saved();
        string text = File.ReadAllText(Json);
        JsonNode?[] others = [null, JsonValue.Create(-1), JsonValue.Create(0), JsonValue.Create(2_000_000_000), JsonValue.Create("x"), JsonValue.Create(""), new JsonArray(), new JsonObject()];
        int places = Places(JsonNode.Parse(text)!).Count();
        Assert.True(places > 60, $"{places}");
        for (int place = 0; place < places; place++)
            foreach (JsonNode? other in others)
            {
                JsonNode json = JsonNode.Parse(text)!;
                Places(json).ElementAt(place).ReplaceWith(other?.DeepClone());
                File.WriteAllText(Json, json.ToJsonString());
                try
                {
                    CorrectionFile.Load(Json);
                }
                catch (EmbeddingDataException)
                {
                    // The only kind.
                }
            }
    }

    private static IEnumerable<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject branch => branch.Select(entry => entry.Value!).Where(child => child is not null).SelectMany(child => Places(child).Prepend(child)),
        JsonArray list => list.Select(entry => entry!).SelectMany(child => Places(child).Prepend(child)),
        _ => [],
    };

    private void Edited(Action<JsonNode> change, string fault, string remedy)
    {
        Saved();
        Edit(change);
        Refused(fault, remedy);
    }

    private void Saved()
    {
        FittedCorrection vectors = new Whitening().Fit(CorrectionSample.Of(Pairs));
        UnitEmbeddings first = vectors.ApplyToFirst(Pairs.First), second = vectors.ApplyToSecond(Pairs.Second);
        CorrectionFile.Save(Json, vectors.With(BankCorrection.Csls().Fit(new ScoreSample(second, first, second))));
    }

    private void Edit(Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Json))!;
        change(json);
        File.WriteAllText(Json, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private EmbeddingDataException Refused(string fault, string remedy)
    {
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => CorrectionFile.Load(Json));
        Assert.Contains(fault, refused.Fault, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, refused.Origin, StringComparison.Ordinal);
        return refused;
    }
}
