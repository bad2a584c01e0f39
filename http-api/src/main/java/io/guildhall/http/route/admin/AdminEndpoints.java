package io.guildhall.http.route.admin;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.EndPremium;
import io.guildhall.domain.account.AccountCommand.GrantPremium;
import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountRow;
import io.guildhall.projections.readmodel.account.AccountStatus;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** List, suspend and unlock accounts, and grant premium; for admins. */
public final class AdminEndpoints {
    private final Entities entities;
    private final AccountDirectory directory;

    public AdminEndpoints(Entities entities, AccountDirectory directory) {
        this.entities = entities;
        this.directory = directory;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/admin/accounts", "List all accounts, newest first.")
                        .requires(ADMIN)
                        .returnsPageOf(AdminAccountResource.class)
                        .handledBy(this::list),
                post("/api/admin/accounts/{accountId}/suspend", "Suspend an account. Ends its sessions.")
                        .requires(ADMIN)
                        .accepts(SuspendAccount.class)
                        .problems(404, "account-not-found")
                        .problems(403, "email-not-verified")
                        .problems(409, "own-account")
                        .handledBy(call -> execute(
                                call,
                                new Suspend(call.caller().id(), call.body().reason()))),
                post("/api/admin/accounts/{accountId}/lift-suspension", "Lift the suspension of an account.")
                        .requires(ADMIN)
                        .problems(404, "account-not-found")
                        .handledBy(call ->
                                execute(call, new LiftSuspension(call.caller().id()))),
                post("/api/admin/accounts/{accountId}/grant-premium", "Grant premium to an account.")
                        .requires(ADMIN)
                        .problems(404, "account-not-found")
                        .problems(403, "email-not-verified", "account-suspended")
                        .handledBy(call ->
                                execute(call, new GrantPremium(call.caller().id()))),
                post("/api/admin/accounts/{accountId}/end-premium", "End the premium of an account.")
                        .requires(ADMIN)
                        .problems(404, "account-not-found")
                        .problems(403, "email-not-verified")
                        .handledBy(call ->
                                execute(call, new EndPremium(call.caller().id()))));
    }

    public record SuspendAccount(@NotBlank @Size(max = 500) String reason) {}

    public record AdminAccountResource(
            String id,
            String email,
            String name,
            String country,
            List<String> roles,
            AccountStatus status,
            boolean premium,
            Instant registeredAt) {
        static AdminAccountResource fromRow(AccountRow row) {
            return new AdminAccountResource(
                    row.id(),
                    row.email(),
                    row.name(),
                    row.country(),
                    row.roles(),
                    row.status(),
                    row.isPremium(),
                    row.registeredAt());
        }
    }

    private CompletionStage<Page<AdminAccountResource>> list(Call<Void> call) {
        return directory.list(call.page()).thenApply(page -> page.map(AdminAccountResource::fromRow));
    }

    private CompletionStage<Void> execute(Call<?> call, AccountCommand command) {
        return directory.find(call.pathId("accountId", "acc")).thenCompose(account -> {
            var row = account.orElseThrow(() -> new Problem(404, "account-not-found", "No such account."));
            return entities.execute(call.correlation(), Account.AGGREGATE, row.address(), command)
                    .thenAccept(AdminEndpoints::requireDone);
        });
    }

    private static void requireDone(Outcome<Account, AccountRejection> outcome) {
        switch (outcome) {
            case Outcome.Done<Account, AccountRejection> _ -> {}
            case Outcome.Rejected<Account, AccountRejection> refused -> throw AdminProblems.of(refused.reason());
        }
    }
}
