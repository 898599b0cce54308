using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Hosting;

namespace Sophon.Gateway.Store;

/// <summary>The default: one file in the data folder, which belongs to one Gateway at a time.</summary>
sealed class SqliteStore : GatewayStore
{
    public SqliteStore(DataFolder folder)
    {
        Name = folder.Database;
        folder.CreateDatabase();
    }

    public override string Name { get; }

    public override void AddTo(IServiceCollection services) => AddTo<SqliteGatewayDb>(services, options => SqliteGatewayDb.Configure(options, Name));

    public override GatewayDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteGatewayDb>();
        SqliteGatewayDb.Configure(options, Name);
        return new SqliteGatewayDb(options.Options);
    }

    public override string Explain(Exception error) =>
        $"The data file {Name} can't be used: {error.GetBaseException().Message} It was left as it is. Restore it from a backup, or move it away to start anew.";
}
