using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Host;

namespace Sandbox.Hosting;

/// <summary>A question with answers to choose from, as -Confirm asks it.</summary>
internal sealed class ChoiceQuestion(Questions questions, Collection<ChoiceDescription> choices, int defaultChoice)
{
    private const string Help = "?";

    private readonly Choice[] _choices = choices.Select(Choice.From).ToArray();

    private bool HasDefault => defaultChoice >= 0;

    /// <returns>The index of the answer.</returns>
    public int Ask(string? caption, string? message)
    {
        questions.Introduce(caption, message);
        while (true)
        {
            string answer = questions.ReadLine(Line()).Trim();
            if (answer.Length == 0 && HasDefault)
            {
                return defaultChoice;
            }

            if (answer == Help)
            {
                Explain();
                continue;
            }

            int index = Array.FindIndex(_choices, choice => choice.IsMeantBy(answer));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    private string Line()
    {
        string answers = string.Join("  ", _choices.Select(choice => $"[{choice.Key}] {choice.Label}"));
        return HasDefault
            ? $"{answers}  [{Help}] Help (default is \"{_choices[defaultChoice].Key}\"): "
            : $"{answers}  [{Help}] Help: ";
    }

    private void Explain()
    {
        foreach (var (choice, description) in _choices.Zip(choices))
        {
            questions.Say($"{choice.Key} - {description.HelpMessage}", style: string.Empty);
        }
    }

    /// <param name="Key">What is typed for the answer: the letter behind the label's ampersand, or the whole label.</param>
    /// <param name="Label">The answer as it is shown.</param>
    private sealed record Choice(string Key, string Label)
    {
        public static Choice From(ChoiceDescription description)
        {
            string label = description.Label.Replace("&", string.Empty);
            int mark = description.Label.IndexOf('&');
            bool hasLetter = mark >= 0 && mark + 1 < description.Label.Length;
            return new Choice(hasLetter ? description.Label.Substring(mark + 1, 1).ToUpperInvariant() : label, label);
        }

        public bool IsMeantBy(string answer)
        {
            return answer.Equals(Key, StringComparison.CurrentCultureIgnoreCase)
                || answer.Equals(Label, StringComparison.CurrentCultureIgnoreCase);
        }
    }
}
