using System;
using System.IO;
using System.Text.Json;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>The contract's data, read without the generator's help.</summary>
internal static class ContractFile
{
    /// <summary>Reads a file of it.</summary>
    public static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name))).RootElement;
}
