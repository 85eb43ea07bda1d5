using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tests;

public sealed class TextTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0.5\t1\n-2e-1\t3\n")]
    [InlineData("0.5\t1\r\n-2e-1\t3")]
    [InlineData("\ufeffa_0\ta_1\n0.5\t1\n\n-2e-1\t3\n\n")]
    [InlineData("a_1;a_0\n1;0.5\n3;-0.2\n")]
    [InlineData("0,1\n0.5,1\n-0.2,3\n")]
    [InlineData(",0,1\n0,0.5,1\n1,-0.2,3\n")]
    [InlineData("embedding\n\"[0.5, 1]\"\n\"[-0.2, 3]\"\n")]
    [InlineData("[0.5, 1]\n[-0.2, 3]\n")]
    [InlineData("text,vector\nx,0.5 1\n\"a, b\",-0.2 3\n")]
    [InlineData("text\tvector\nx\t[0.5,1]\ny\t[-0.2,3]\n")]
    [InlineData("vector\n[0.5 1]\n\"[-0.2\n 3]\"\n")]
    public void Read_AnyUsualForm_GivesTheRows(string content)
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.tsv", content));
        Assert.Equal([0.5f, 1, -0.2f, 3], Formats.Values(set));
        Assert.Equal(2, set.Dimensions);
    }

    [Fact]
    public void Read_IdsLabelsAndTwoModalities_AreTaken()
    {
        IReadOnlyList<EmbeddingSet> sets = Formats.Read(folder.Write(
            "x.csv", "name,label,img_0,img_1,txt_0,txt_1\n\"a \"\"b\"\"\",cat,1,2,3,4\nc,dog,5,6,7,nan\n"));
        Assert.Equal(["image", "text"], sets.Select(set => set.Modality.Name));
        Assert.Equal(["a \"b\"", "c"], sets[0].Ids);
        Assert.Equal(["cat", "dog"], sets[1].Labels);
        Assert.Equal([3, 4, 7, float.NaN], Formats.Values(sets[1]));
        Assert.Equal("img_0 ... img_1", sets[0].Provenance.Part);
    }

    [Fact]
    public void Read_Captions_AreTakenWhereARowHasOne()
    {
        EmbeddingSet set = Formats.ReadOne(folder.Write("x.csv", "id,text,emb_0,emb_1\na,\"one, two\",1,2\nb,,3,4\n"));
        Assert.Equal(["one, two", ""], set.Captions);
        Assert.Equal([1, 2, 3, 4], Formats.Values(set));
    }

    [Fact]
    public void Read_NumbersUnderACaptionsName_AreNoCaptions() =>
        Assert.Null(Formats.ReadOne(folder.Write("x.csv", "text,emb_0,emb_1\n7,1,2\n8,3,4\n")).Captions);

    [Fact]
    public void Read_NamedColumns_AreTaken()
    {
        string path = folder.Write("x.csv", "sku,img_0,img_1,txt_0,txt_1\n17,1,2,3,4\n18,5,6,7,8\n");
        EmbeddingSet set = Formats.ReadOne(path, new ReadOptions { Key = "txt", IdColumn = "sku" });
        Assert.Equal([3, 4, 7, 8], Formats.Values(set));
        Assert.Equal(["17", "18"], set.Ids);
    }

    [Theory]
    [InlineData("a_0,a_1\n1,2\n3\n", "row 1 has 1 fields, the first row 2", "quotes")]
    [InlineData("a_0,a_1\n1,2,3\n", "row 0 has 3 fields, the line of names 2", "quotes")]
    [InlineData("a_0,a_1\n1,2\n3,x\n", "row 1 holds 'x' in column a_1, which is not a number", "Repair")]
    [InlineData("a_0;a_1\n1;2\n3;0,5\n", "row 1 holds '0,5' in column a_1", "decimal point")]
    [InlineData("a_0,a_1\n1,2\n3,\n", "row 1 has nothing in column a_1", "Leave that item out")]
    [InlineData("id,a_0,a_1\nx,1,2\n,3,4\n", "row 1 has nothing in column id", "--id-column")]
    [InlineData("a;b\n1,5;2\n", "none of its columns is an embedding; they are: a (text), b (number)", "emb_0")]
    [InlineData("vector\n0.5 1\n\"0,5 1\"\n", "row 1 holds '0,5' in column vector", "decimal point")]
    [InlineData("id,vector\nx,[0.1,0.2]\n", "row 0 has 3 fields, the line of names 2", "quotes")]
    [InlineData("id,label,a_0,a_1\nx,,1,2\n", "row 0 has nothing in column label", "another name")]
    [InlineData("vector\n[1 2]\n[1 2 3]\n", "row 1 has 3 values in column vector, row 0 has 2", "same model")]
    [InlineData("vector\n[1 2]\n[]\n", "row 1 has an empty list", "Leave that item out")]
    [InlineData("vector\n[1 2]\n[1 2\n", "row 1 holds '[1 2' in column vector", "closed by a bracket")]
    [InlineData("a_0,a_1\n", "no rows below its line of names", "export")]
    [InlineData("price,weight\n1,2\n", "none of its columns is an embedding; they are: price (number), weight (number)", "emb_0")]
    [InlineData("text\nhello\n", "none of its columns is an embedding; they are: text (text)", "lists of floats")]
    [InlineData("a_0,a_1\n1,2\n\"3,4\n", "row 1", "quote")]
    public void Read_FaultyTable_NamesRowAndColumn(string content, string fault, string remedy) =>
        Formats.Refused(folder.Write("x.csv", content), fault, remedy);

    [Fact]
    public void Read_WrongColumn_ListsThoseThatAreThere()
    {
        string path = folder.Write("x.csv", "id,a_0,a_1\nx,1,2\n");
        Formats.Refused(path, "it has no column b.", "Its columns are: id (text), a_0 (number), a_1 (number).", new ReadOptions { Key = "b" });
        Formats.Refused(path, "its column a_0 (number) holds no embeddings.", "emb for emb_0", new ReadOptions { Key = "a_0" });
        Formats.Refused(path, "no column sku to take ids from", "Its columns are: id", new ReadOptions { IdColumn = "sku" });
    }

    [Fact]
    public void Read_TwoGroupsOfOneModality_AsksForTheColumn() => Formats.Refused(
        folder.Write("x.csv", "img_0,img_1,photo_0,photo_1\n1,2,3,4\n"), "both seem to be of image", "--column img");

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer")]
    [InlineData("[[1,2],[3,4]]", "JSON array")]
    public void Read_OtherText_SaysWhatItLooksLike(string content, string fault) =>
        Assert.Contains(fault, Assert.Throws<EmbeddingDataException>(() => Formats.Read(folder.Write("x.csv", content))).Fault, StringComparison.Ordinal);

    [Fact]
    public void Read_TextWithoutItsEnding_IsNotGuessed() =>
        Formats.Refused(folder.Write("x.dat", "1,2\n3,4\n"), "looks like a table in text", "numpy");
}
