package io.guildhall.http.route.discrepancy;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.domain.discrepancy.Report;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Query;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.discrepancy.Discrepancies;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Settlement;
import io.guildhall.projections.readmodel.discrepancy.DiscrepancyRow.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** List what differs between our records and the payment provider's; for admins. */
public final class DiscrepancyEndpoints {
    private static final Query<Boolean> SETTLED =
            Query.flag("settled", "Include settled discrepancies.").orElse(true);

    private final Discrepancies discrepancies;

    public DiscrepancyEndpoints(Discrepancies discrepancies) {
        this.discrepancies = discrepancies;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/admin/discrepancies", "List discrepancies, newest first.")
                .requires(ADMIN)
                .queries(SETTLED)
                .returnsPageOf(DiscrepancyResource.class)
                .handledBy(this::list));
    }

    private CompletionStage<Page<DiscrepancyResource>> list(Call<Void> call) {
        var rows = call.query(SETTLED) ? discrepancies.all(call.page()) : discrepancies.unsettled(call.page());
        return rows.thenApply(page -> page.map(DiscrepancyResource::of));
    }

    /**
     * @param subject id of the escrow, or of the discrepancy whose money was sent back, that is concerned
     * @param reference id of the payment at the provider; for OUT_OF_BALANCE, the records that do not balance
     * @param amount the reported amount; for MISSING_PAYMENT the recorded amount, for OUT_OF_BALANCE the difference
     * @param expected the requested or recorded amount; absent if there is none
     * @param settlement how it ended; absent while it is open
     */
    public record DiscrepancyResource(
            String id,
            Report.Kind kind,
            Report.Movement movement,
            String subject,
            Optional<String> contractId,
            String reference,
            Money amount,
            Optional<Money> expected,
            Instant reportedAt,
            Status status,
            Optional<Settlement> settlement) {
        static DiscrepancyResource of(DiscrepancyRow row) {
            return new DiscrepancyResource(
                    row.id(),
                    row.kind(),
                    row.movement(),
                    row.subject(),
                    row.contractId(),
                    row.reference(),
                    row.amount(),
                    row.expected().map(it -> new Money(it.amount(), it.currency())),
                    row.reportedAt(),
                    row.status(),
                    row.settlement());
        }
    }
}
