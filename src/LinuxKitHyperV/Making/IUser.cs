using System;
using System.Collections.Generic;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>Who asked for VMs, at a cmdlet: is asked and told, and gets them.</summary>
internal interface IUser : IPlanReport
{
    /// <summary>Whether it is only told what would be done.</summary>
    bool IsWhatIf { get; }

    /// <summary>Asks whether something may be done; with -WhatIf it tells it, and may not.</summary>
    /// <param name="description">What is done, and what -WhatIf tells of it.</param>
    /// <param name="question">The same as a question.</param>
    bool Allows(string description, string question);

    /// <summary>Asks whether something may be done to a VM; with -WhatIf it tells it, and may not.</summary>
    bool Allows(LinuxKitMachine machine, string action);

    /// <summary>Does something for each of several items: what fails is that item's error, and the next one follows.</summary>
    void ForEach<T>(string activity, IReadOnlyList<T> items, Func<T, string> name, Action<T> action);

    /// <summary>Leaves the screen to a console: shows no longer how far it is with several items, until the next of them.</summary>
    void LeaveScreen();

    /// <summary>Takes a VM.</summary>
    void Give(LinuxKitMachine machine);

    /// <summary>Takes a line of a console.</summary>
    void Give(string line);
}
