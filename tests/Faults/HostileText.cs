using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>What nobody should call a thing, and somebody will.</summary>
internal static class HostileText
{
    /// <summary>The texts.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        // Quotes, and what PowerShell would run.
        "'", "\"", "''", "\"\"", "a'b", "a\"b", "‘a’", "“a”", "`", "``", "a`b", "`n", "`$x", "$", "$x", "$null", "$(New-VM pwned)", "${env:PATH}", "$env:PATH",
        "a$(New-VM pwned)b", "\"$(New-VM pwned)\"", "'; New-VM pwned; '", "; New-VM pwned", "| New-VM pwned", "& New-VM pwned", "&& New-VM pwned", "\nNew-VM pwned\n",
        "{ New-VM pwned }", "@(1)", "@{a=1}", "@splat", "(New-VM pwned)", "%PATH%", "$(touch pwned)", "`touch pwned`", "<# #>", "# comment", "--%", "-Name", "-WhatIf", "--", "-",

        // Wildcards.
        "*", "**", "?", "a*", "w?b", "[", "]", "[]", "[a-z]", "[w]eb", "w[e]b", "`*", "`[web`]", "[!a]", "[^a]", "[[]",

        // Paths, devices, streams, addresses.
        "/", "\\", "//", "\\\\", "a/b", "a\\b", ".", "..", "...", "../x", "..\\x", "./x", "~", "~/x", "C:", "C:\\", "C:\\x", "a:b", "web:stream", "web::$DATA",
        "\\\\.\\pipe\\x", "\\\\?\\C:\\x", "\\\\server\\share", "//server/share", "http://x/", "file:///etc/passwd", "/etc/passwd", "/dev/null", "/proc/self/mem",
        "Env:PATH", "Variable:x", "Function:x", "HKLM:\\x", "FileSystem::/x", "Microsoft.PowerShell.Core\\FileSystem::/x",
        "CON", "con", "NUL", "nul.txt", "PRN", "AUX", "COM1", "LPT1", "COM¹", "CONIN$", "CLOCK$", "desktop.ini", "lost+found",

        // White space, and what cannot be seen.
        " ", "  ", " a", "a ", "a.", "a..", "a\t", "\ta", "\t", "a\nb", "a\rb", "a\r\nb", "\n", "\r", "a\0b", "\0", "\a", "\b", "\u001b[2J", "\u001b]0;title\a",
        "\u001b]52;c;cHduZWQ=\a", "\u009b2J", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\u200b", "a\u200bb", "\u200d", "\u2060", "\ufeff", "\ufeffweb",
        "\u202ebew", "a\u202e\u2066b\u2069", "\u061c", "\u200e", "\u200f", "\u00ad",

        // Unicode's corners.
        "é", "e\u0301", "ß", "İ", "ı", "K", "Å", "ﬁ", "Ω", "ΟΔΟΣ", "нет", "日本語", "العربية", "עברית", "ไทย", "한국어", "👍", "👩‍👩‍👧", "🏴\U000e0067\U000e0062\U000e007f",
        "\ud800", "\udc00", "a\ud800b", "\uffff", "\ufffe", "\ufffd", "\U0010ffff", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "ﷺ",

        // What other languages and formats take for theirs.
        "%s", "%n%n%n", "{0}", "{", "}", "{{}}", "<", ">", "<b>", "&amp;", "<![CDATA[x]]>", "\\x00", "\\u0000", "'; DROP TABLE vms; --", "a,b", "a;b", "a|b", "a&b", "a=b", "a,b=c,d",
        "!", "^", "%", "#", "@", "+", "~1", "=", ",", ",,", "=,=", "0", "-1", "1e9", "NaN", "null", "true", "Default Switch",

        // Names of ours.
        "LinuxKitHyperV-unfinished-", "LinuxKitHyperV-unfinished-x", "LinuxKitHyperV-unfinished-0123456789abcdef0123456789abcdef-web", "[LinuxKitHyperV] {}", "[LinuxKitHyperV] ",

        // More that some shell, format or tool takes for its own.
        "$((1+1))", "$[1+1]", "`whoami`", "${x:=y}", "$@", "$*", "$?", "$$", "!!", "~root", "|&", "2>&1", "> out.txt", ">> out.txt", "< /etc/passwd", "\\\n", "\\0", "%00", "%2e%2e%2f", "%0a", "&#0;",
        "a\u0001b", "a\u0008\u0008\u0008web", "a\u001b[A\u001b[2Kb", "\u001bPq#0~\u001b\\", "\u001b]8;;http://x\u001b\\x", "\u001b[6n", "\u001b[c", "\u0090x\u009c", "\u009d0;t\u009c",
        "@odata", "*.vhdx", "?.vhdx", "[web].vhdx", "a[b", "a]b", "a`", "a``[b", "[-]", "[--]", "[z-a]", "[a-", "web*", "[Ww][Ee][Bb]", "bystander", "BYSTANDER", "bystander ", "bystander*", "pipes",
        "COM1.txt", "com9", "LPT9.vhdx", "CON.vhdx", "NUL.iso", "aux.", "CONOUT$", "PhysicalDrive0", "GLOBALROOT", "\\\\.\\PhysicalDrive0", "\\\\?\\GLOBALROOT\\Device", "::$DATA", "a:$DATA",
        "a/../b", "a/./b", "a//b", "./", "../", "/..", "/tmp/../etc/passwd", "....//", "-rf", "--help", "/?", "-Force", "-Name:x", "@file", "New-VM pwned", "(gci)", "$(throw)", "$PSVersionTable", "$true", "1..9",
        "\"a\",\"b\"", "{\"id\":1}", "[]{}", "---", "- a", "a: b", "# c", "\t\n", "x\u2029y", "\u3000", "\u180e", "\u2800", "\ufff9x\ufffb", "a\u0300\u0301\u0302", "ẞ", "ǅ", "Σς", "ﬀ", "①", "Ａ", "ａ", "\u1e9b\u0323",

        // Lengths.
        new('a', 99), new('a', 100), new('a', 101), new('a', 200), new('a', 240), new('a', 255), new('a', 256), new('a', 1000), new('a', 33000),
        new('é', 100), new('日', 100), string.Concat(Enumerable.Repeat("👍", 50)), new('.', 50), new(' ', 100), new('*', 60), new('[', 60),
    ];

    /// <summary>What could stand in a -Disk.</summary>
    public static IEnumerable<string> Disks =>
    [
        .. All.Where(text => text.Length < 300),
        .. All.Where(text => text.Length < 300).Select(text => $"file={text}.vhdx,size=4M"),
        .. All.Where(text => text.Length < 20).Select(text => $"size={text}"),
        "file=", "file=,size=1", "size=", "size=0", "size=-1", "size=1,size=2", "file=a.vhdx,file=b.vhdx", "file=a.vhdx,size=99999999999999999999", "size=18446744073709551616",
        "size=64T", "size=65T", "size=0x10", "size=１", "format=raw", "format=vhdx", "foo=bar", "FILE=a.vhdx,SIZE=4M", " file = a.vhdx , size = 4M ", "file=a.vhdx,,", ",size=4M",
        "a.vhdx\0.txt", "a.vhdx:stream", "file=../../a.vhdx,size=4M", "file=a/b/c.vhdx,size=4M", "web-efi.iso", "web-efi.iso,size=4M", ".vhdx", ".", "..", "/",
    ];
}
