namespace LinuxKitHyperV.Formats;

/// <summary>Cyclic redundancy checks of 32 bits, with reflected bits.</summary>
internal sealed class Crc32
{
    private readonly uint[] _table = new uint[256];

    private Crc32(uint reflectedPolynomial)
    {
        for (var value = 0u; value < _table.Length; value++)
        {
            var remainder = value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ reflectedPolynomial;
            }

            _table[value] = remainder;
        }
    }

    /// <summary>The check of GPT.</summary>
    public static Crc32 Ieee { get; } = new(0xEDB88320);

    /// <summary>The check of VHDX: CRC-32C.</summary>
    public static Crc32 Castagnoli { get; } = new(0x82F63B78);

    /// <summary>The check of a structure; the checksum within it counts as zeros.</summary>
    /// <param name="bytes">The structure is in here.</param>
    /// <param name="length">Its length, from the first byte.</param>
    /// <param name="checksumIndex">Where in it the checksum is; negative where it has none.</param>
    public uint Compute(byte[] bytes, int length, int checksumIndex = -1)
    {
        var remainder = uint.MaxValue;
        for (var index = 0; index < length; index++)
        {
            var isChecksum = checksumIndex >= 0 && index >= checksumIndex && index < checksumIndex + sizeof(uint);
            remainder = (remainder >> 8) ^ _table[(byte)(remainder ^ (isChecksum ? 0 : bytes[index]))];
        }

        return ~remainder;
    }
}
