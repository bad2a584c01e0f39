package io.guildhall.http.route.contract;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.contract.MilestoneRow;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Settled;
import io.guildhall.projections.readmodel.contract.MilestoneRow.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A milestone of a contract.
 *
 * @param note the note of the last submission or request for changes; empty before
 * @param refundRequest the open refund request
 * @param silence when silence counts as consent, while a party has to respond
 * @param settlement the decided refund or split
 */
public record MilestoneResource(
        int number,
        String escrowId,
        String title,
        Money amount,
        int days,
        Milestone.Status status,
        String note,
        Optional<RefundRequestResource> refundRequest,
        Optional<SilenceResource> silence,
        Optional<SettlementResource> settlement) {

    /**
     * @param number to accept, decline or withdraw it by
     * @param requestedBy the client, or the freelancer who offers it
     * @param amount to refund; the rest is released to the freelancer
     */
    public record RefundRequestResource(
            int number, UserResource requestedBy, Money amount, String reason, Instant requestedAt) {}

    /**
     * Both parties are warned before the period ends.
     *
     * @param kind {@code ACCEPTANCE}: the submitted work is accepted if the client is silent; {@code REFUND}: the requested
     *     refund is agreed to if the freelancer is silent
     * @param endsAt a warning that is delivered late moves it
     */
    public record SilenceResource(SilencePeriod.Kind kind, Instant endsAt) {}

    /**
     * @param method {@code AGREED} by the other party, by its {@code SILENCE}, or decided by an {@code ADMIN}
     * @param decidedBy the account that decided; of a silence, that of the request
     * @param refund the part that goes back to the client
     * @param release the part that is released to the freelancer, including the platform's fee
     */
    public record SettlementResource(
            SettlementDecision.Method method, UserResource decidedBy, String reason, Money refund, Money release) {}

    static List<MilestoneResource> listOf(String contractId, Contract.Details details) {
        return details.milestones().stream()
                .map(it -> of(contractId, row(it, details)))
                .toList();
    }

    static List<MilestoneResource> listOf(String contractId, List<MilestoneRow> rows) {
        return rows.stream().map(it -> of(contractId, it)).toList();
    }

    private static MilestoneRow row(Milestone milestone, Contract.Details details) {
        var money = details.held(milestone.number());
        return new MilestoneRow(
                milestone,
                Optional.empty(),
                money.request(),
                money.silence().map(it -> new Silence(it.kind(), it.endsAt())),
                money.settlement().map(Settled::of));
    }

    static MilestoneResource of(String contractId, MilestoneRow row) {
        var milestone = row.milestone();
        return new MilestoneResource(
                milestone.number(),
                Escrow.id(contractId, milestone.number()),
                milestone.title(),
                milestone.amount(),
                milestone.days(),
                milestone.status(),
                milestone.note(),
                row.request()
                        .map(it -> new RefundRequestResource(
                                it.number(), UserResource.of(it.by()), it.amount(), it.reason(), it.at())),
                row.silence().map(it -> new SilenceResource(it.kind(), it.endsAt())),
                row.settlement()
                        .map(it -> new SettlementResource(
                                it.method(), UserResource.of(it.by()), it.reason(), it.refund(), it.release())));
    }
}
