<#
.SYNOPSIS
Tells of a host what Windows would: the few classes that the stand-in knows.
#>
function Get-CimInstance {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $ClassName,

        # Which objects, as in Name='vmms'.
        [string] $Filter,

        [string[]] $ComputerName = '.',

        # Sessions that objects of the stand-in hold.
        [CimSession[]] $CimSession = @()
    )

    [HyperV.Qemu.Windows.HostInstances]::Find($ClassName, $Filter, $ComputerName, $CimSession)
}
