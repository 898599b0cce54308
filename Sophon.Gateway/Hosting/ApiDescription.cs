using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Sophon.Gateway.Hosting;

/// <summary>What the OpenAPI document says beside the calls themselves.</summary>
static class ApiDescription
{
    const string Bearer = "apiToken";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Sophon Gateway";
            document.Info.Version = GatewayVersion.Text;
            document.Info.Description = """
                Registers, approves and drives Sophon Nodes. JSON in camelCase, times in ISO 8601 UTC, enums as lower-camel strings.
                Every error is RFC 9457 problem details with a member `code`; `title` is a sentence for a person.
                All calls but pairing and health need an API token (`Authorization: Bearer sg_….…`; the first run of the Gateway prints one, `sophon-gateway admin token` makes another) or the cookie of a user who is signed in.
                """;
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token of the Gateway.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            return Task.CompletedTask;
        });
    }
}
