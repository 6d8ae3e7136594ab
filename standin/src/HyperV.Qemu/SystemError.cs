namespace HyperV.Qemu;

/// <summary>Error numbers of Windows, as they stand in parentheses in the Hyper-V module's messages.</summary>
internal static class SystemError
{
    public const uint FileNotFound = 0x80070002;
    public const uint PathNotFound = 0x80070003;
    public const uint AccessDenied = 0x80070005;
    public const uint OutOfMemory = 0x8007000E;
    public const uint SharingViolation = 0x80070020;
    public const uint NetworkNameNotFound = 0x80070043;
    public const uint FileExists = 0x80070050;
    public const uint InvalidParameter = 0x80070057;
    public const uint FileSystemLimitation = 0x80070299;
    public const uint NoSystemResources = 0x800705AA;
    public const uint VirtualDiskLimitation = 0xC03A001A;
}
