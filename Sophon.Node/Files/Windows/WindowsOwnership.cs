using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Sophon.Node.Files.Windows;

/// <summary>Owner and access control list.</summary>
[SupportedOSPlatform("windows")]
static class WindowsOwnership
{
    const FileSystemRights Changing =
        FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.Delete | FileSystemRights.DeleteSubdirectoriesAndFiles
        | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;

    /// <summary>NT SERVICE\TrustedInstaller, which owns what Windows itself has installed.</summary>
    const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

    /// <summary>Why somebody else could change it, in words; null when nobody can.</summary>
    public static string? FaultOf(string path)
    {
        FileSystemSecurity security = Directory.Exists(path) ? new DirectoryInfo(path).GetAccessControl() : new FileInfo(path).GetAccessControl();
        var owner = (SecurityIdentifier)security.GetOwner(typeof(SecurityIdentifier))!;
        if (!IsAdministrator(owner)) return $"belongs to {owner}, not to an administrator";
        foreach (FileSystemAccessRule rule in security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Changing) != 0 && !IsAdministrator((SecurityIdentifier)rule.IdentityReference))
                return $"can be changed by {rule.IdentityReference}";
        }

        return null;
    }

    static bool IsAdministrator(SecurityIdentifier who) =>
        who.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid) || who.IsWellKnown(WellKnownSidType.LocalSystemSid)
        || who.IsWellKnown(WellKnownSidType.CreatorOwnerSid) || who.Value == TrustedInstaller;
}
