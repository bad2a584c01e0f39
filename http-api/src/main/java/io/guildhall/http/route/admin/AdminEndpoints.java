package io.guildhall.http.route.admin;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.EndPremium;
import io.guildhall.domain.account.AccountCommand.GrantAdmin;
import io.guildhall.domain.account.AccountCommand.GrantPremium;
import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.RevokeAdmin;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.domain.account.AccountRejection;
import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountFilter;
import io.guildhall.projections.readmodel.account.AccountListing;
import io.guildhall.projections.readmodel.account.AccountStatus;
import io.guildhall.projections.readmodel.account.PastSuspension;
import io.guildhall.projections.readmodel.account.Suspension;
import io.guildhall.projections.readmodel.account.Suspensions;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Endpoints for admins that search and read accounts, suspend them, and grant and end the admin role and premium. */
public final class AdminEndpoints {
    private static final String ACCOUNT = "/api/admin/accounts/{accountId}";
    private static final Query<Optional<String>> EMAIL =
            Query.text("email", 254, "Only accounts whose e-mail address starts with this.");
    private static final Query<Optional<String>> HANDLE =
            Query.text("handle", 60, "Only accounts whose handle starts with this.");
    private static final Query<Optional<String>> NAME =
            Query.text("name", 100, "Only accounts whose name starts with this (case-insensitive).");
    private static final Query<Optional<Role>> ROLE = Query.oneOf("role", Role.class, "Only accounts with this role.");
    private static final Query<Optional<Boolean>> SUSPENDED =
            Query.flag("suspended", "Only suspended accounts if true, all others if false.");

    private final Entities entities;
    private final AccountDirectory directory;
    private final Suspensions suspensions;

    public AdminEndpoints(Entities entities, AccountDirectory directory, Suspensions suspensions) {
        this.entities = entities;
        this.directory = directory;
        this.suspensions = suspensions;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/admin/accounts", "Search accounts, newest first. Without a filter, list all.")
                        .requires(ADMIN)
                        .queries(EMAIL, HANDLE, NAME, ROLE, SUSPENDED)
                        .returnsPageOf(AdminAccountResource.class)
                        .handledBy(this::search),
                get(ACCOUNT, "Get an account, with the reason if it is suspended.")
                        .requires(ADMIN)
                        .returns(200, AdminAccountDetails.class)
                        .problems(404, "account-not-found")
                        .handledBy(this::read),
                get(ACCOUNT + "/suspensions", "List all suspensions of an account, newest first.")
                        .requires(ADMIN)
                        .returnsPageOf(PastSuspensionResource.class)
                        .handledBy(call -> directory
                                .suspensions(call.pathId("accountId", "acc"), call.page())
                                .thenApply(page -> page.map(PastSuspensionResource::fromRow))),
                post(ACCOUNT + "/suspend", "Suspend an account, with a reason that its user reads. Ends its sessions.")
                        .requires(ADMIN)
                        .accepts(SuspendAccount.class)
                        .problems(404, "account-not-found")
                        .problems(409, "own-account")
                        .handledBy(call -> execute(
                                call,
                                new Suspend(call.caller().id(), call.body().reason()))),
                change("/lift-suspension", "Lift the suspension of an account.").handledBy(sends(LiftSuspension::new)),
                change("/grant-admin", "Make the user of an account an admin, from the next login or refresh on.")
                        .problems(403, "account-suspended")
                        .handledBy(sends(GrantAdmin::new)),
                change("/revoke-admin", "Revoke the admin role of an account. Ends its sessions.")
                        .problems(409, "own-account")
                        .handledBy(sends(RevokeAdmin::new)),
                change("/grant-premium", "Grant premium to an account.")
                        .problems(403, "account-suspended")
                        .handledBy(sends(GrantPremium::new)),
                change("/end-premium", "End the premium of an account.").handledBy(sends(EndPremium::new)));
    }

    private static EndpointBuilder<AdminReason, Void> change(String path, String summary) {
        return post(ACCOUNT + path, summary)
                .requires(ADMIN)
                .accepts(AdminReason.class)
                .problems(404, "account-not-found");
    }

    /** @param command of the id of the admin and the reason */
    private Endpoint.Handler<AdminReason, Void> sends(BiFunction<String, String, AccountCommand> command) {
        return call ->
                execute(call, command.apply(call.caller().id(), call.body().reason()));
    }

    /** Why an admin changes an account, for the admin log. */
    public record AdminReason(
            @NotBlank @Paragraphs(max = 500) String reason) {}

    public record SuspendAccount(
            @NotBlank @Paragraphs(max = 500) String reason) {}

    /** @param handle absent until the profile exists, shortly after the account was opened */
    public record AdminAccountResource(
            String id,
            String email,
            String name,
            Optional<String> handle,
            String country,
            List<String> roles,
            AccountStatus status,
            boolean premium,
            Instant registeredAt) {
        static AdminAccountResource fromRow(AccountListing listing) {
            var row = listing.account();
            return new AdminAccountResource(
                    row.id(),
                    row.email(),
                    row.name(),
                    listing.handle(),
                    row.country(),
                    row.roles(),
                    row.status(),
                    row.isPremium(),
                    row.registeredAt());
        }
    }

    /** @param suspension present while the account is suspended */
    public record AdminAccountDetails(AdminAccountResource account, Optional<CurrentSuspension> suspension) {}

    /** @param by the admin */
    public record CurrentSuspension(String reason, UserResource by, Instant since) {
        static CurrentSuspension from(Suspension suspension) {
            return new CurrentSuspension(suspension.reason(), UserResource.of(suspension.by()), suspension.since());
        }
    }

    /**
     * @param by the admin
     * @param liftedBy the admin; absent if the suspension was not lifted
     */
    public record PastSuspensionResource(
            String reason, UserResource by, Instant at, Optional<UserResource> liftedBy, Optional<Instant> liftedAt) {
        static PastSuspensionResource fromRow(PastSuspension row) {
            return new PastSuspensionResource(
                    row.reason(),
                    UserResource.of(row.by()),
                    row.at(),
                    row.liftedBy().map(UserResource::of),
                    row.liftedAt());
        }
    }

    private CompletionStage<Page<AdminAccountResource>> search(Call<Void> call) {
        var filter = new AccountFilter(
                call.query(EMAIL), call.query(HANDLE), call.query(NAME), call.query(ROLE), call.query(SUSPENDED));
        return directory.search(filter, call.page()).thenApply(page -> page.map(AdminAccountResource::fromRow));
    }

    private CompletionStage<AdminAccountDetails> read(Call<Void> call) {
        var id = call.pathId("accountId", "acc");
        return directory
                .findListing(id)
                .thenApply(it -> it.orElseThrow(AdminEndpoints::notFound))
                .thenCombine(
                        suspensions.find(id),
                        (account, suspension) -> new AdminAccountDetails(
                                AdminAccountResource.fromRow(account), suspension.map(CurrentSuspension::from)));
    }

    private static Problem notFound() {
        return new Problem(404, "account-not-found", "No such account.");
    }

    private CompletionStage<Void> execute(Call<?> call, AccountCommand command) {
        return entities.execute(call.correlation(), Account.AGGREGATE, call.pathId("accountId", "acc"), command)
                .thenAccept(AdminEndpoints::requireDone);
    }

    private static void requireDone(Outcome<Account, AccountRejection> outcome) {
        switch (outcome) {
            case Outcome.Done<Account, AccountRejection> _ -> {}
            case Outcome.Rejected<Account, AccountRejection> refused -> throw AdminProblems.of(refused.reason());
        }
    }
}
