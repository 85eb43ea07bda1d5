using ModalityGap.Lab.Models;

namespace ModalityGap.Lab.Tests.Models;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Three = Vocabulary.Of(["red Circle", "a red circle!"]);

    [Fact]
    public void Of_Texts_HasTheirWordsInLowerCaseOnce()
    {
        Assert.Equal(["a", "circle", "red"], Three.Words);
        Assert.Equal(1 + 3 + Vocabulary.Buckets, Three.Size);
    }

    [Fact]
    public void Tokens_KnownWords_HaveNumbersOfTheirOwn() =>
        Assert.Equal([1, 3, 2], Three.Tokens("A red—CIRCLE"));

    [Fact]
    public void Tokens_UnknownWord_IsTheSameBucketEveryTime()
    {
        int number = Three.Tokens("triangle").Single();
        Assert.Equal(number, Vocabulary.Of(["a circle red"]).Tokens("Triangle").Single());
        Assert.InRange(number, 4, Three.Size - 1);
        Assert.NotEqual(number, Three.Tokens("square").Single());
    }

    [Fact]
    public void TokensAndParts_Word_HasItsPartsOfThreeLetters()
    {
        // <red> has <re, red and ed>.
        int[] numbers = [.. Three.TokensAndParts("red")];
        Assert.Equal(4, numbers.Length);
        Assert.Equal(3, numbers[0]);
        Assert.All(numbers[1..], number => Assert.InRange(number, 4, Three.Size - 1));
        // A word that shares an ending shares a part.
        Assert.Contains(numbers[3], Three.TokensAndParts("bed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" !? ")]
    public void Tokens_NoWords_AreNone(string text) => Assert.Empty(Three.Tokens(text));

    [Fact]
    public void Tokens_OtherScripts_AreWords()
    {
        Vocabulary words = Vocabulary.Of(["Ñandú", "日本"]);
        Assert.Equal(["ñandú", "日本"], words.Words);
    }
}
