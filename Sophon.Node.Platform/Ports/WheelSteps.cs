namespace Sophon.Node.Platform.Ports;

/// <summary>Turns pixels into wheel steps, and keeps what is less than one step for the next call.</summary>
sealed class WheelSteps
{
    /// <summary>Pixels of one step.</summary>
    public const int StepPixels = 40;

    readonly Lock gate = new();
    int remainder;

    /// <summary>Whole steps, with the sign of the direction.</summary>
    public int Take(int pixels)
    {
        lock (gate)
        {
            var total = (long)remainder + pixels;
            remainder = (int)(total % StepPixels);
            return (int)(total / StepPixels);
        }
    }
}
