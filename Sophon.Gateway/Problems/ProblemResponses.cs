using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Sophon.Gateway.Dashboard.Security;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Problems;

/// <summary>Turns every failure of a request into problem details.</summary>
sealed class ProblemResponses(ILogger<ProblemResponses> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The caller has gone: nobody reads an answer.
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        if (BrowserPages.IsAsked(httpContext)) return false;
        await WriteAsync(httpContext, Of(exception));
        return true;
    }

    static readonly Problem TooLarge = new(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, "The request's body is larger than the Gateway takes (32 MiB).");

    Problem Of(Exception exception)
    {
        switch (exception)
        {
            case ProblemException { Problem: var problem }:
                return problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return TooLarge;
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json }:
                return Problem.Invalid(json.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "body", $"The request's body is not the JSON that this call takes; see {json.Path ?? "$"}.");
            case BadHttpRequestException bad:
                return new Problem(bad.StatusCode, ProblemCodes.BadRequest, bad.Message);
            case StoreException store:
                return new Problem(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, store.Message) { RetryAfterSeconds = 5 };
            default:
                logger.LogError(exception, "A request failed");
                return new Problem(StatusCodes.Status500InternalServerError, ProblemCodes.Internal, "The Gateway has a fault; its log says more.");
        }
    }

    /// <summary>For answers without a body, e.g. of routing: 404, 405, 415.</summary>
    public static Task WriteEmptyAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        var problem = status switch
        {
            StatusCodes.Status401Unauthorized when http.Request.Headers.Authorization.Count > 0 => new Problem(status, ProblemCodes.Unauthorized, "The API token is wrong or was revoked."),
            StatusCodes.Status401Unauthorized => new Problem(status, ProblemCodes.Unauthorized, "This call needs an API token (Authorization: Bearer TOKEN), or a user who is signed in."),
            StatusCodes.Status403Forbidden => new Problem(status, ProblemCodes.Forbidden, "The role does not cover this call, or the API token is for other nodes."),
            StatusCodes.Status404NotFound => new Problem(status, ProblemCodes.NotFound, $"There is nothing at {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => new Problem(status, ProblemCodes.BadRequest, $"{http.Request.Path} does not take {http.Request.Method}."),
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status415UnsupportedMediaType => new Problem(status, ProblemCodes.BadRequest, "The request's body has to be application/json."),
            _ => new Problem(status, ProblemCodes.BadRequest, "The request can't be answered."),
        };
        return WriteAsync(http, problem);
    }

    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        if (problem.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var details = new ProblemDetails
        {
            Type = "urn:sophon:problem:" + problem.Code,
            Title = problem.Message,
            Status = problem.Status,
        };
        foreach (var (name, value) in problem.Detail ?? new Dictionary<string, object?>()) details.Extensions[name] = value;
        details.Extensions["code"] = problem.Code;
        return Results.Problem(details).ExecuteAsync(http);
    }
}
