using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.Policy;

/// <summary>
/// The administrator's policy and the user's over it: the stricter verdict wins. A grant turns the user's <c>ask</c> into <c>allow</c>;
/// it moves no <c>deny</c>, and nothing that the administrator's policy says.
/// </summary>
/// <param name="Administrator">Null when there is none.</param>
public sealed record NodePolicy(PolicyLayer? Administrator, PolicyLayer User)
{
    /// <param name="program">Located; null when the command starts none.</param>
    /// <param name="hasGrant">Whether a grant that is in force covers the program.</param>
    public PolicyVerdict Decide(CommandDefinition definition, CommandArguments arguments, ProgramCall? program, Func<ProgramCall, bool> hasGrant)
    {
        var administrator = Administrator?.Decide(definition, arguments, program) ?? PolicyVerdict.Allowed;
        var user = User.Decide(definition, arguments, program);
        if (user.Strictness == Strictness.Ask && program is not null && hasGrant(program)) user = PolicyVerdict.Allowed;
        return PolicyVerdict.Stricter(administrator, user);
    }

    /// <summary>Whether the administrator wants a person to be asked each time, so that "for 10 minutes" is not for that person to give.</summary>
    public bool AsksEachTime(CommandDefinition definition, CommandArguments arguments, ProgramCall program) =>
        Administrator?.Decide(definition, arguments, program).Strictness == Strictness.Ask;
}
