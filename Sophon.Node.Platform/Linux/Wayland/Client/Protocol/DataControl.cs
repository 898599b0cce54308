using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>ext_data_control_manager_v1</c> and its forerunner <c>zwlr_data_control_manager_v1</c>, which have the same requests: the clipboard without a focused window.</summary>
sealed class DataControlManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "ext_data_control_manager_v1";
    public const string WlrInterface = "zwlr_data_control_manager_v1";

    public DataSource CreateSource(Action<SafeFileHandle> onSend)
    {
        var source = new DataSource(Connection, onSend);
        return Create(source, 0, Argument.New(source));
    }

    public DataDevice GetDevice(Seat seat)
    {
        var device = new DataDevice(Connection);
        return Create(device, 1, Argument.New(device), seat);
    }
}

/// <summary><c>zwlr_data_control_device_v1</c>: the clipboard of a seat.</summary>
sealed class DataDevice(WaylandConnection connection) : WaylandObject(connection)
{
    readonly Dictionary<uint, DataOffer> offers = [];

    /// <summary>What is on the clipboard; null when it is empty.</summary>
    public DataOffer? Selection { get; private set; }

    public void SetSelection(DataSource source) => Send(0, source);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                var offer = new DataOffer(Connection);
                var id = arguments.UInt();
                Connection.Adopt(offer, id);
                offers[id] = offer;
                break;
            case 1:
                var old = Selection;
                Selection = offers.GetValueOrDefault(arguments.UInt());
                Discard(old);
                break;
            case 3:
                // The primary selection (what is merely marked) is not the clipboard.
                Discard(offers.GetValueOrDefault(arguments.UInt()));
                break;
        }
    }

    void Discard(DataOffer? offer)
    {
        if (offer is null || offer == Selection) return;
        offers.Remove(offer.Id);
        offer.Destroy();
    }
}

/// <summary><c>zwlr_data_control_offer_v1</c>: what another client has put on the clipboard.</summary>
sealed class DataOffer(WaylandConnection connection) : WaylandObject(connection)
{
    readonly Lock gate = new();
    readonly List<string> types = [];

    public IReadOnlyList<string> Types
    {
        get
        {
            lock (gate) return [.. types];
        }
    }

    /// <summary>The owner writes into <paramref name="target"/> and closes it.</summary>
    public void Receive(string type, SafeHandle target) => Send(0, type, Argument.Descriptor(target));

    public void Destroy() => Send(1);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        lock (gate) types.Add(arguments.String());
    }
}

/// <summary><c>zwlr_data_control_source_v1</c>: what we put on the clipboard.</summary>
/// <param name="onSend">Called on the reader with each descriptor to write to; must take it and not block.</param>
sealed class DataSource(WaylandConnection connection, Action<SafeFileHandle> onSend) : WaylandObject(connection)
{
    public void Offer(string type) => Send(0, type);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        if (opcode == 0)
        {
            arguments.String();
            onSend(arguments.Descriptor());
        }
        else
        {
            // Somebody else has taken the clipboard over.
            Send(1);
        }
    }
}
