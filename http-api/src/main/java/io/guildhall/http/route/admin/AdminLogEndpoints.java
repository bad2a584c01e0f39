package io.guildhall.http.route.admin;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.admin.AdminLog;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Read the log of actions on accounts. */
public final class AdminLogEndpoints {
    private static final Query<Optional<String>> ACCOUNT =
            Query.text("account", 64, "Only actions on the account with this id.");
    private static final Query<Optional<String>> BY =
            Query.text("by", 64, "Only actions of the admin or owner with this account id, or of the `operator`.");
    private static final Query<Optional<AdminLogEntry.Action>> ACTION =
            Query.oneOf("action", AdminLogEntry.Action.class, "Only these actions.");
    private static final Query<Optional<Instant>> FROM = Query.instant("from", "Only actions at this time or later.");
    private static final Query<Optional<Instant>> UNTIL = Query.instant("until", "Only actions before this time.");

    private final AdminLog log;

    public AdminLogEndpoints(AdminLog log) {
        this.log = log;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/admin/log",
                        "List what admins and operators have done with accounts, and what owners have requested for theirs, newest first. Entries are never changed or deleted.")
                .requires(ADMIN)
                .queries(ACCOUNT, BY, ACTION, FROM, UNTIL)
                .returnsPageOf(AdminLogResource.class)
                .handledBy(this::list));
    }

    public enum Actor {
        ADMIN,
        /** The user of the account. */
        OWNER,
        OPERATOR
    }

    /** @param by absent for operators */
    public record AdminLogResource(
            String id,
            Instant at,
            AdminLogEntry.Action action,
            UserResource account,
            Actor actor,
            Optional<UserResource> by,
            Optional<String> reason) {
        static AdminLogResource from(AdminLogEntry entry) {
            var actor = actor(entry);
            return new AdminLogResource(
                    entry.id(),
                    entry.at(),
                    entry.action(),
                    UserResource.of(entry.accountId()),
                    actor,
                    actor == Actor.OPERATOR ? Optional.empty() : Optional.of(UserResource.of(entry.by())),
                    entry.reason());
        }

        private static Actor actor(AdminLogEntry entry) {
            if (entry.by().equals(AdminLogEntry.OPERATOR)) return Actor.OPERATOR;
            return entry.by().equals(entry.accountId()) ? Actor.OWNER : Actor.ADMIN;
        }
    }

    private CompletionStage<Page<AdminLogResource>> list(Call<Void> call) {
        var filter = new AdminLog.Filter(
                call.query(ACCOUNT), call.query(BY), call.query(ACTION), call.query(FROM), call.query(UNTIL));
        return log.list(filter, call.page()).thenApply(page -> page.map(AdminLogResource::from));
    }
}
