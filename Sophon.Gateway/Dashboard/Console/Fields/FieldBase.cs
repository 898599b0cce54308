using Microsoft.AspNetCore.Components;

namespace Sophon.Gateway.Dashboard.Console.Fields;

/// <summary>What the fields of all kinds have: an id, a text, and whether it was refused.</summary>
public abstract class FieldBase : ComponentBase
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter] public bool Invalid { get; set; }

    protected string DescribedBy => Invalid ? $"{Id}-error {Id}-help" : $"{Id}-help";

    protected string? AriaInvalid => Invalid ? "true" : null;

    protected Task OnChanged(ChangeEventArgs typed) => ValueChanged.InvokeAsync(Convert.ToString(typed.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
}
