using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Sandbox.Hosting;

/// <summary>Asks for values by name, as the engine does for mandatory parameters.</summary>
internal sealed class FieldQuestion(Questions questions)
{
    public Dictionary<string, PSObject> Ask(string? caption, string? message, Collection<FieldDescription> fields)
    {
        questions.Introduce(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in fields)
        {
            answers[field.Name] = PSObject.AsPSObject(Read(field.Name, TypeOf(field)));
        }

        return answers;
    }

    private static Type TypeOf(FieldDescription field)
    {
        return LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type type)
            ? type
            : LanguagePrimitives.ConvertTo<Type>(field.ParameterTypeFullName);
    }

    private object Read(string name, Type type)
    {
        if (type == typeof(SecureString))
        {
            return questions.ReadSecret($"{name}: ");
        }

        if (type == typeof(PSCredential))
        {
            return questions.ReadCredential(userName: null);
        }

        return type.IsArray ? ReadMany(name, type) : ReadOne(name, type);
    }

    private Array ReadMany(string name, Type type)
    {
        var element = type.GetElementType()!;
        var values = new List<object>();
        for (string text = Line(); text.Length > 0; text = Line())
        {
            if (TryConvert(text, element, out var value))
            {
                values.Add(value);
            }
        }

        var result = Array.CreateInstance(element, values.Count);
        ((System.Collections.ICollection)values).CopyTo(result, 0);
        return result;

        string Line() => questions.ReadLine($"{name}[{values.Count}]: ");
    }

    private object ReadOne(string name, Type type)
    {
        while (true)
        {
            if (TryConvert(questions.ReadLine($"{name}: "), type, out var value))
            {
                return value;
            }
        }
    }

    private bool TryConvert(string text, Type type, out object value)
    {
        if (LanguagePrimitives.TryConvertTo(text, type, out value))
        {
            return true;
        }

        questions.Say($"\"{text}\" is not a {type.Name}.", PSStyle.Instance.Formatting.Error);
        return false;
    }
}
