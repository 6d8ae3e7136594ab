<#
.SYNOPSIS
Reads a metadata image as a guest does: its label, and the files and folders in it.

.DESCRIPTION
Windows mounts an ISO for an administrator only. This reads what the tests ask for, from ISO 9660 with Rock Ridge; whether each byte of the image
is as the standard has it is tested in tests/Unit/Metadata.
#>
[CmdletBinding()]
param([string] $Path)

$sector = 2048
$image = [IO.File]::ReadAllBytes((Convert-Path -LiteralPath $Path))

# What Rock Ridge says of a record, behind the name of ISO 9660: NM is the name, PX the permissions.
function Read-Record([int] $Start) {
    $nameLength = $image[$Start + 32]
    $found = @{
        Sector   = [BitConverter]::ToInt32($image, $Start + 2)
        Length   = [BitConverter]::ToInt32($image, $Start + 10)
        IsFolder = ($image[$Start + 25] -band 2) -ne 0
        IsDot    = $nameLength -eq 1 -and $image[$Start + 33] -le 1
    }
    $end = $Start + $image[$Start]
    for ($at = $Start + 33 + $nameLength + (1 - $nameLength % 2); $at + 4 -le $end -and $image[$at + 2] -gt 0; $at += $image[$at + 2]) {
        switch ([Text.Encoding]::ASCII.GetString($image, $at, 2)) {
            NM { $found.Name = [Text.Encoding]::UTF8.GetString($image, $at + 5, $image[$at + 2] - 5) }
            PX { $found.Mode = [Convert]::ToString([BitConverter]::ToInt32($image, $at + 4) -band 0xFFF, 8) }
        }
    }

    $found
}

function Read-Folder([int] $First, [int] $Length, [string] $Parent) {
    $start = $First * $sector
    for ($at = $start; $at -lt $start + $Length; $at += $image[$at]) {
        if ($image[$at] -eq 0) {
            # No record goes over the end of a sector.
            $at += $sector - $at % $sector
            if ($at -ge $start + $Length) { break }
        }

        $record = Read-Record $at
        if ($record.IsDot) { continue }
        $bytes = New-Object byte[] $(if ($record.IsFolder) { 0 } else { $record.Length })
        if (-not $record.IsFolder) { [Array]::Copy($image, $record.Sector * $sector, $bytes, 0, $record.Length) }
        [pscustomobject] @{
            Path  = $Parent + $record.Name
            Mode  = $record.Mode
            Bytes = $bytes
            Text  = [Text.Encoding]::UTF8.GetString($bytes)
        }
        if ($record.IsFolder) { Read-Folder $record.Sector $record.Length "$Parent$($record.Name)/" }
    }
}

$volume = 16 * $sector
$root = Read-Record ($volume + 156)
[pscustomobject] @{
    Label = [Text.Encoding]::ASCII.GetString($image, $volume + 40, 32).TrimEnd()
    Files = @(Read-Folder $root.Sector $root.Length '' | Sort-Object Path)
}
