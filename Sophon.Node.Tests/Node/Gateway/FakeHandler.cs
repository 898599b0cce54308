namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>Answers requests without a network.</summary>
sealed class FakeHandler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public FakeHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : this(request => Task.FromResult(answer(request))) { }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await answer(request);
    }
}
