using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Server.Staff;

/// <summary>The tables of the people who work here: who they are, what they may, where they are signed in.</summary>
internal sealed class StaffModel : IModelPart
{
    public const string Users = "staff_users";

    public void Configure(ModelBuilder model)
    {
        model.Entity<StaffUser>(e =>
        {
            e.ToTable(Users);
            e.Property(u => u.Id).ValueGeneratedNever();
            e.Property(u => u.UserName).HasMaxLength(100).IsRequired();
            e.Property(u => u.NormalizedUserName).HasMaxLength(100).IsRequired();
            e.Property(u => u.DisplayName).HasMaxLength(200);
            e.Property(u => u.State).HasConversion<string>().HasMaxLength(20);
            e.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
            // Not asked for: staff are reached by the company's own means.
            e.Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed);
            e.Ignore(u => u.Email).Ignore(u => u.NormalizedEmail).Ignore(u => u.EmailConfirmed);
            e.HasIndex(u => u.NormalizedUserName).IsUnique();
        });
        model.Entity<StaffAssignment>(e =>
        {
            e.ToTable("staff_assignments");
            e.Property(a => a.Id).ValueGeneratedNever();
            e.Property(a => a.Role).HasMaxLength(40);
            e.Property(a => a.GrantedBy).HasMaxLength(100);
            e.HasOne<StaffUser>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(a => new { a.UserId, a.Role, a.TerritoryId }).IsUnique();
        });
        model.Entity<StaffSession>(e =>
        {
            e.ToTable("staff_sessions");
            e.Property(s => s.Id).HasMaxLength(64).ValueGeneratedNever();
            e.Property(s => s.Device).HasMaxLength(200);
            e.Property(s => s.Address).HasMaxLength(64);
            e.Property(s => s.Stamp).HasMaxLength(100);
            e.HasOne<StaffUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(s => s.UserId);
            e.HasIndex(s => s.StartedAt);
        });
        model.Entity<StaffLink>(e =>
        {
            e.ToTable("staff_links");
            e.Property(l => l.Id).HasMaxLength(64).ValueGeneratedNever();
            e.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(20);
            e.HasOne<StaffUser>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        Identity(model);
    }

    /// <summary>What ASP.NET Core Identity keeps beside a user: authenticator keys, recovery codes, claims, logins.</summary>
    private static void Identity(ModelBuilder model)
    {
        model.Entity<IdentityUserToken<Guid>>(e =>
        {
            e.ToTable("staff_tokens");
            e.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            e.Property(t => t.LoginProvider).HasMaxLength(100);
            e.Property(t => t.Name).HasMaxLength(100);
            e.HasOne<StaffUser>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<IdentityUserClaim<Guid>>(e =>
        {
            e.ToTable("staff_claims");
            e.HasOne<StaffUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<IdentityUserLogin<Guid>>(e =>
        {
            e.ToTable("staff_logins");
            e.HasKey(l => new { l.LoginProvider, l.ProviderKey });
            e.Property(l => l.LoginProvider).HasMaxLength(100);
            e.Property(l => l.ProviderKey).HasMaxLength(200);
            e.HasOne<StaffUser>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
