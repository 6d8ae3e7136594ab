# Ends what Start-Guest.ps1 has started, without a word to the VM.
param([Parameter(Mandatory)] $Guest)

$stopping = $Guest.PowerShell.BeginStop($null, $null)
if ($Guest.Line.Process -and -not $Guest.Line.Process.HasExited) { $Guest.Line.Process.Kill($true) }
if ($Guest.Line.Pipe) { $Guest.Line.Pipe.Dispose() }
$Guest.PowerShell.EndStop($stopping)
$Guest.PowerShell.Dispose()
