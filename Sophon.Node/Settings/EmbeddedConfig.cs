using Akka.Configuration;

namespace Sophon.Node.Settings;

/// <summary>The files of hocon/, which travel inside the program.</summary>
static class EmbeddedConfig
{
    public static Config Parse(string name) => ConfigurationFactory.ParseString(Text(name));

    public static string Text(string name)
    {
        using var stream = typeof(EmbeddedConfig).Assembly.GetManifestResourceStream("hocon/" + name)
            ?? throw new InvalidOperationException($"hocon/{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
