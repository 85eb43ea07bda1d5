namespace ModalityGap.Lab.Data.Sheets;

/// <summary>
/// Letters of five by seven dots, with tails of one more, so that captions look the same on a machine that has no fonts.
/// </summary>
internal static class PixelFont
{
    public const int Width = 5;

    public const int Height = 8;

    // From the blank to the tilde: five columns a letter, two hexadecimal digits a column, the lowest bit on top.
    private const string Columns =
        "000000000000005F00000007000700147F147F14242A7F2A1223130864623649552250000503000000" + "1C2241000041221C00"
        + "14083E081408083E0808005030000008080808080060600000" + "2010080402"
        + "3E5149453E00427F400042615149462141454B311814127F1027454545393C4A49493001710905033649494936064949291E"
        + "00363600000056360000" + "0814224100" + "1414141414" + "0041221408" + "0201510906" + "324979413E"
        + "7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A7F0808087F00417F41002040413F01"
        + "7F081422417F404040407F020C027F7F0408107F3E4141413E7F090909063E4151215E7F09192946464949493101017F0101"
        + "3F4040403F1F2040201F3F4038403F631408146307087008076151494543"
        + "007F41410002040810200041417F0004020102044040404040" + "0001020400"
        + "20545454787F484444383844444420384444487F3854545418087E0901020C5252523E7F0804047800447D40002040443D00"
        + "7F1028440000417F40007C041804787C0804047838444444387C14141408081414187C7C080404084854545420043F444020"
        + "3C4040207C1C2040201C3C4030403C44281028440C5050503C4464544C44"
        + "000836410000007F000000413608000804081008";

    private static readonly byte[] Dots = Convert.FromHexString(Columns);

    /// <summary>Whether a letter has a dot there; letters that the font lacks look like question marks.</summary>
    public static bool HasDot(char letter, int column, int row)
    {
        int index = Plain(letter) - ' ';
        // Letters with a tail stand one dot lower.
        if (letter is 'g' or 'p' or 'q' or 'y')
            row--;
        if (row < 0)
            return false;
        return (Dots[(index is >= 0 and < 95 ? index : '?' - ' ') * Width + column] >> row & 1) != 0;
    }

    private static char Plain(char letter) => letter switch
    {
        '“' or '”' or '„' => '"',
        '’' or '‘' => '\'',
        '–' or '—' => '-',
        'ä' or 'á' or 'à' or 'â' or 'ã' or 'å' => 'a',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'í' or 'ì' or 'î' or 'ï' => 'i',
        'ö' or 'ó' or 'ò' or 'ô' or 'õ' => 'o',
        'ü' or 'ú' or 'ù' or 'û' => 'u',
        'Å' => 'A',
        'ñ' => 'n',
        'ç' => 'c',
        _ => letter,
    };
}
