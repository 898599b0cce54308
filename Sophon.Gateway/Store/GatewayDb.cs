using Microsoft.EntityFrameworkCore;

namespace Sophon.Gateway.Store;

/// <summary>One model for every store. Each provider derives a context, which has its own folder of migrations.</summary>
public abstract class GatewayDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<NodeRecord> Nodes => Set<NodeRecord>();

    public DbSet<CommandRecord> Commands => Set<CommandRecord>();

    public DbSet<ApiTokenRecord> ApiTokens => Set<ApiTokenRecord>();

    public DbSet<AccountRecord> Accounts => Set<AccountRecord>();

    public DbSet<AuditRecord> Audit => Set<AuditRecord>();

    public DbSet<SetupCodeRecord> SetupCodes => Set<SetupCodeRecord>();

    /// <summary>Makes this context's open connection the store's only writer, until <see cref="DisownAsync"/> or until it breaks.</summary>
    public virtual Task OwnAsync() => Task.CompletedTask;

    public virtual Task DisownAsync() => Task.CompletedTask;

    /// <summary>Names the transaction that is open, so that one whose commit was not answered can be asked for; null where that can't happen.</summary>
    public virtual Task<string?> TransactionAsync() => Task.FromResult<string?>(null);

    /// <summary>What became of a transaction whose commit was not answered.</summary>
    public virtual Task<bool> HasCommittedAsync(string transaction) => Task.FromResult(false);

    /// <summary>Takes what was dropped out of the store's files too, where the store leaves traces of it.</summary>
    public virtual Task WipeAsync() => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NodeRecord>(node =>
        {
            node.HasKey(record => record.Id);
            node.Property(record => record.Stage).HasConversion<string>();
            node.ComplexProperty(record => record.Facts);
            node.ComplexProperty(record => record.AuditHead);
        });

        modelBuilder.Entity<CommandRecord>(command =>
        {
            command.HasKey(record => record.Id);
            command.Ignore(record => record.Image);
            command.Property(record => record.Status).HasConversion<string>();
            command.Property(record => record.ErrorCode).HasConversion<string>();
            command.Property(record => record.SettledBy).HasConversion<string>();
            command.HasIndex(record => new { record.NodeId, record.CreatedAt });
            command.HasIndex(record => record.CreatedAt);
            command.HasIndex(record => record.Status);
        });

        modelBuilder.Entity<ApiTokenRecord>(token =>
        {
            token.HasKey(record => record.Id);
            token.Property(record => record.Role).HasConversion<string>();
        });

        modelBuilder.Entity<AccountRecord>(account =>
        {
            account.HasKey(record => record.Id);
            account.HasIndex(record => record.Name).IsUnique();
            account.Property(record => record.Role).HasConversion<string>();
        });

        modelBuilder.Entity<AuditRecord>(line =>
        {
            line.HasKey(record => record.Id);
            line.Property(record => record.Action).HasConversion<string>();
            line.HasIndex(record => record.At);
            line.HasIndex(record => new { record.NodeId, record.Id });
            line.HasIndex(record => new { record.Actor, record.Id });
        });

        modelBuilder.Entity<SetupCodeRecord>(code =>
        {
            code.HasKey(record => record.Id);
            code.Property(record => record.Id).ValueGeneratedNever();
        });
    }
}
