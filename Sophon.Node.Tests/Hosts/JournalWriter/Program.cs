using System.Globalization;
using System.Text.Json;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

// usage: JournalWriter JOURNAL-FOLDER CLAIMS-FILE FIRST-NUMBER
// Takes commands FIRST-NUMBER − 200, … until it is killed: the first two hundred are repetitions of what earlier lives may have had.
// Each claim is one write(2) of its own after the fact: "a 7" accepted, "r 7" runs now (the witness), "d 7" answered.
var first = int.Parse(args[2], CultureInfo.InvariantCulture);
using var claims = new FileStream(args[1], new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
using var journal = new JournalFile(args[0], "journal", sync: false);
var limits = new LedgerLimits(2_000, 8 * 1024 * 1024, TimeSpan.FromHours(24), TimeSpan.FromDays(7));
var ledger = LedgerRecovery.Recover(journal, limits, TimeProvider.System).Ledger;
Claim('b', first);

var payload = JsonSerializer.SerializeToElement(new string('x', 20_000));
for (var number = Math.Max(0, first - 200); ; number++)
{
    var id = number.ToString(CultureInfo.InvariantCulture);
    if (ledger.Knows(id)) continue;
    ledger.Accept(id, "window.list");
    Claim('a', number);
    ledger.Start(id);
    Claim('r', number);
    ledger.Answer(new CommandResult(id, "", CommandStatus.Succeeded, number % 2 == 0 ? payload : null, null, DateTimeOffset.UtcNow, 1));
    Claim('d', number);
    if (number % 5 != 0) ledger.Acknowledge(id);
}

void Claim(char what, int number) => claims.Write(System.Text.Encoding.ASCII.GetBytes($"{what} {number}\n"));
