using System;

namespace LinuxKitHyperV.Formats;

/// <summary>Looks for zeros, many at a time.</summary>
internal static class Zeros
{
    private const int Step = 4 * sizeof(long);

    /// <summary>Whether there are only zeros. The number of bytes is a multiple of 32.</summary>
    public static bool Fill(byte[] bytes, int index, int count)
    {
        for (var end = index + count; index < end; index += Step)
        {
            var any = BitConverter.ToInt64(bytes, index)
                | BitConverter.ToInt64(bytes, index + 8)
                | BitConverter.ToInt64(bytes, index + 16)
                | BitConverter.ToInt64(bytes, index + 24);
            if (any != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the zeros end that begin at a place, in whole pages.</summary>
    public static int End(byte[] bytes, int index, int end, int pageSize)
    {
        while (index < end && Fill(bytes, index, pageSize))
        {
            index += pageSize;
        }

        return index;
    }
}
