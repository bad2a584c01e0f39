package io.guildhall.http.route.contract;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.Price;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.readmodel.contract.HeldReleases;
import java.time.Instant;
import java.util.List;

/** Lists the waiting releases. An admin decides on each by a split of its milestone. */
public final class HeldReleaseEndpoints {
    private final HeldReleases releases;

    public HeldReleaseEndpoints(HeldReleases releases) {
        this.releases = releases;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/admin/held-releases",
                        "List the milestones whose release waits, oldest first: the freelancer is suspended, or the"
                                + " payment provider refuses every payout. Decide by a split of the milestone; if the"
                                + " parties have agreed on a split, repeat its amounts to release its part. A release"
                                + " starts automatically when the suspension is lifted or the provider verifies the"
                                + " payout account.")
                .requires(ADMIN)
                .returnsPageOf(HeldReleaseResource.class)
                .handledBy(call ->
                        releases.waiting(call.page()).thenApply(page -> page.map(HeldReleaseResource::fromRow))));
    }

    /** @param number of the milestone, from 1 */
    public record HeldReleaseResource(
            String contractId,
            int number,
            String title,
            UserResource client,
            UserResource freelancer,
            Price amount,
            HeldReleaseRow.Reason reason,
            Instant heldAt) {
        static HeldReleaseResource fromRow(HeldReleaseRow row) {
            return new HeldReleaseResource(
                    row.contractId(),
                    row.number(),
                    row.title(),
                    UserResource.of(row.clientId()),
                    UserResource.of(row.freelancerId()),
                    Price.from(row.amount()),
                    row.reason(),
                    row.heldAt());
        }
    }
}
