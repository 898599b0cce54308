namespace Sophon.Node.Platform.Ports;

public enum PointerButton { Left, Right, Middle }

/// <summary>The mouse. Points must lie on a monitor: the caller has checked that against <see cref="IScreen.GetMonitorsAsync"/>.</summary>
public interface IPointer
{
    Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken);

    /// <summary>Moves, then presses and releases <paramref name="button"/> <paramref name="clicks"/> times (1 or 2) at <paramref name="point"/>.</summary>
    Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken);

    /// <summary>Moves, then turns the wheel.</summary>
    /// <param name="point">Where the pointer is put first.</param>
    /// <param name="deltaX">Pixels, positive to the right.</param>
    /// <param name="deltaY">Pixels, positive down. What is less than one wheel step (40 px) is kept for the next call.</param>
    /// <param name="cancellationToken">Ends the gesture.</param>
    Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken);
}
