using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>An example and where it stands.</summary>
/// <param name="Cmdlet">The cmdlet whose page it is on.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Title">Its title.</param>
/// <param name="Code">What is typed.</param>
internal sealed record PageExample(string Cmdlet, int Number, string Title, string Code)
{
    /// <summary>The examples of all pages.</summary>
    public static IReadOnlyList<PageExample> All { get; } =
    [
        .. BuiltModule.Cmdlets.SelectMany(cmdlet => HelpPage.Read(cmdlet.Name).Examples
            .Select((example, index) => new PageExample(cmdlet.Name, index + 1, example.Title, example.Code))),
    ];

    /// <summary>The cmdlet and the number.</summary>
    public string Id => $"{Cmdlet} {Number}";

    /// <summary>The commands in it.</summary>
    public IEnumerable<CommandAst> Commands =>
        Parser.ParseInput(Code, out _, out _).FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();

    /// <summary>The example of that <see cref="Id"/>.</summary>
    public static PageExample Find(string id) => All.Single(example => example.Id == id);
}
