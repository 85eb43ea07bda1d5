using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Tests.Data;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>What a user brings to experiments.</summary>
public sealed class GivenMaterialTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData((int)Material.Features, "--features")]
    [InlineData((int)Material.Predictions, "--predictions")]
    [InlineData((int)Material.Models, "--model")]
    [InlineData((int)Material.Images, "--images")]
    public void Lacks_NothingBrought_NamesTheOption(int needed, string option) =>
        Assert.Contains(option, new GivenMaterial().Lacks((Material)needed), StringComparison.Ordinal);

    [Fact]
    public void Lacks_WhatWasBrought_IsNothing() => Assert.Null(new GivenMaterial { Models = ["m"] }.Lacks(Material.Models | Material.Data));

    [Fact]
    public void Only_TakesWhatIsLookedAt()
    {
        var given = new GivenMaterial { Models = ["m"], Images = new Dictionary<string, string> { ["task"] = "dir" }, Data = "set" };

        Assert.Equal("set", given.Only(Material.Data, Effort.Full).Data);
        Assert.Empty(given.Only(Material.Data, Effort.Full).Models);
        Assert.Null(given.Only(Material.Images, Effort.Full).Data);
        Assert.Equal(["emoji", "shapes"], ((Effort[])[Effort.Full, Effort.Quick]).Select(effort => new GivenMaterial().Only(Material.Data, effort).Data));
    }

    [Fact]
    public void Settings_OfAFolder_ChangeWithItsFilesAndNotWithItsPlace()
    {
        folder.Write("one/set/a.png", "x");
        folder.Write("two/set/a.png", "x");
        string first = Setting("one/set"), elsewhere = Setting("two/set");
        folder.Write("two/set/below/b.png", "y");

        Assert.Equal(first, elsewhere);
        Assert.NotEqual(first, Setting("two/set"));
        Assert.DoesNotContain(folder.Path, first, StringComparison.Ordinal);

        string Setting(string name) => new GivenMaterial { Models = [folder[name]] }.Settings(CancellationToken.None).Single().Value;
    }

    [Fact]
    public void Settings_OfAFile_ChangeWithItsContent()
    {
        string path = folder.Write("weights.pth", "one");
        string first = new GivenMaterial { Models = [path] }.Settings(CancellationToken.None).Single().Value;
        folder.Write("weights.pth", "two");

        Assert.NotEqual(first, new GivenMaterial { Models = [path] }.Settings(CancellationToken.None).Single().Value);
    }
}
