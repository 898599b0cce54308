namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>Turns pixels into wheel steps and keeps what is less than one step for the next call.</summary>
sealed class WheelSteps
{
    /// <summary>Pixels of one step.</summary>
    public const int StepPixels = 40;

    long remainder;

    /// <summary>Whole steps, with the sign of the direction. One caller at a time.</summary>
    public int Take(int pixels)
    {
        var total = remainder + pixels;
        remainder = total % StepPixels;
        return (int)(total / StepPixels);
    }
}
