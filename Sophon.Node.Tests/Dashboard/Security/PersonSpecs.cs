using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Dashboard.Security;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Tests.Gateway;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Security;

/// <summary>What every act of a page begins with, asked as a user who forges the call: the page they may not see is not there to hinder them.</summary>
public sealed class PersonSpecs
{
    [Theory]
    [InlineData(GatewayRole.Viewer, true, false, false)]
    [InlineData(GatewayRole.Operator, true, true, false)]
    [InlineData(GatewayRole.Administrator, true, true, true)]
    public async Task Act_should_be_refused_to_a_role_that_does_not_cover_it(GatewayRole role, bool view, bool operate, bool manage)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var (person, _) = await PersonAsync(gateway, role);
        Assert.Equal((view, operate, manage), (await MayAsync(person, ApiPolicies.View), await MayAsync(person, ApiPolicies.Operate), await MayAsync(person, ApiPolicies.Manage)));
    }

    [Fact]
    public async Task Role_should_be_the_accounts_as_it_is_now_and_not_the_pages()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var (person, account) = await PersonAsync(gateway, GatewayRole.Operator);
        var accounts = gateway.Services.GetRequiredService<AccountService>();
        await accounts.ChangeAsync(Caller.Machine, account.Id, new UserChanges(Role: GatewayRole.Viewer));
        Assert.False(await MayAsync(person, ApiPolicies.Operate));
        await accounts.ChangeAsync(Caller.Machine, account.Id, new UserChanges(Disabled: true));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => person.DemandAsync(ApiPolicies.View));
        Assert.Equal(ProblemCodes.Unauthorized, refused.Problem.Code);
    }

    static async Task<(Person Person, AccountRecord Account)> PersonAsync(TestGateway gateway, GatewayRole role)
    {
        var account = await gateway.Services.GetRequiredService<AccountService>().AddAsync(Caller.Machine, new NewAccount("somebody", null, role, TestBrowser.Password));
        var person = new Person(new Signed(Caller.Principal(account)), gateway.Services.GetRequiredService<AccountSessions>(), gateway.Services.GetRequiredService<IAuthorizationService>());
        return (person, account);
    }

    static async Task<bool> MayAsync(Person person, string policy)
    {
        try
        {
            await person.DemandAsync(policy);
            return true;
        }
        catch (ProblemException refused)
        {
            Assert.Equal(ProblemCodes.Forbidden, refused.Problem.Code);
            return false;
        }
    }

    sealed class Signed(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
