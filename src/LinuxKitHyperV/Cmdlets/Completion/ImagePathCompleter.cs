using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the paths of images, in which wildcards have a meaning, and the folders on the way to them.</summary>
public sealed class ImagePathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete).Where(result =>
            result.ResultType == CompletionResultType.ProviderContainer ||
            ImageFileName.IsImage(result.ListItemText));
}
