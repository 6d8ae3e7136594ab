using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>
/// What .NET Framework has and does otherwise. Where the module uses it, the table in docs/design/fidelity.md says what the module
/// does about it, and has no other rows.
/// </summary>
public sealed partial class DifferenceTests
{
    // A member with its signature means this overload alone.
    private static readonly HashSet<string> Watched =
    [
        "System.AppDomain::ProcessExit",
        "System.Console::Out",
        "System.Diagnostics.Process::Start",
        "System.Diagnostics.ProcessStartInfo::.ctor",
        "System.Double::Parse",
        "System.Double::ToString",
        "System.Globalization.CultureInfo::CurrentCulture",
        "System.IO.Directory::EnumerateFileSystemEntries",
        "System.IO.Directory::GetFiles",
        "System.IO.FileInfo::.ctor",
        "System.IO.FileStream::.ctor",
        "System.IO.Path::ChangeExtension",
        "System.IO.Path::Combine",
        "System.IO.Path::GetDirectoryName",
        "System.IO.Path::GetExtension",
        "System.IO.Path::GetFileName",
        "System.IO.Path::GetFileNameWithoutExtension",
        "System.IO.Path::GetFullPath",
        "System.IO.Path::GetInvalidPathChars",
        "System.IO.Path::GetPathRoot",
        "System.IO.Path::HasExtension",
        "System.IO.Path::IsPathRooted",
        "System.IO.Pipes.NamedPipeClientStream::Connect",
        "System.IO.Stream::ReadAsync",
        "System.IO.Stream::WriteAsync",
        "System.Security.Cryptography.HMACSHA256::.ctor",
        "System.Security.Cryptography.MD5::Create",
        "System.Security.Cryptography.SHA1::Create",
        "System.Security.Cryptography.SHA256::Create",
        "System.String::Compare",
        "System.String::CompareTo",
        "System.String::EndsWith System.Boolean (System.String)",
        "System.String::IndexOf System.Int32 (System.String)",
        "System.String::IndexOf System.Int32 (System.String, System.Int32)",
        "System.String::LastIndexOf System.Int32 (System.String)",
        "System.String::StartsWith System.Boolean (System.String)",
        "System.String::ToLower",
        "System.String::ToUpper",
        "System.StringComparer::CurrentCulture",
        "System.Text.Encoding::Default",
        "System.Text.Encoding::GetEncoding",
        "System.Threading.Mutex::.ctor",
        "System.TimeSpan::FromMilliseconds",
        "System.TimeSpan::FromSeconds",
        "System.Type::GetType",
    ];

    private static string Table => Path.Combine(BuiltModule.Repository, "docs", "design", "fidelity.md");

    [Fact]
    public void EveryDifferenceThatMattersHasAnAnswerAndNoOtherHas()
    {
        var used = AssemblyUses.Read(Path.Combine(BuiltModule.Folder, "LinuxKitHyperV.dll")).Members
            .SelectMany<MemberUse, string>(member => [Name(member), $"{Name(member)} {member.Signature}"])
            .Where(Watched.Contains)
            .ToHashSet();
        var rows = Row().Matches(File.ReadAllText(Table)).ToDictionary(row => row.Groups["member"].Value, row => row.Groups["answer"].Value.Trim());

        Assert.Equal([], used.Except(rows.Keys));
        Assert.Equal([], rows.Keys.Except(used));
        Assert.All(rows, row => Assert.False(row.Value.Length == 0, row.Key));
    }

    // As in C#: a property or an event, not its accessor.
    private static string Name(MemberUse member) => $"{member.Type}::{Accessor().Replace(member.Name, string.Empty)}";

    [GeneratedRegex(@"^\| `(?<member>System\.[^`]+::[^`]+)` \| [^|\n]+ \|(?<answer>[^|\n]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^(get|set|add|remove)_")]
    private static partial Regex Accessor();
}
