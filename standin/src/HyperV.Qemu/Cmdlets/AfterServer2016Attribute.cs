using System;

namespace HyperV.Qemu.Cmdlets;

/// <summary>A parameter that Windows Server 2016 does not have.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AfterServer2016Attribute : Attribute;
