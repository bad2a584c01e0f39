package io.guildhall.projections.readmodel.contract;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.RefundRequest;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A milestone of a contract in a list.
 *
 * @param request the open refund request
 * @param silence the running silence period
 * @param settlement the decided refund or split
 */
public record MilestoneRow(
        Milestone milestone,
        Optional<Instant> fundedAt,
        Optional<RefundRequest> request,
        Optional<Silence> silence,
        Optional<Settled> settlement) {

    /** @param endsAt when silence counts as consent, unless a late warning moves it */
    public record Silence(SilencePeriod.Kind kind, Instant endsAt) {}

    /**
     * @param by who decided
     * @param refund the part that goes back to the client
     * @param release the part that is released to the freelancer, including the fee
     */
    public record Settled(SettlementDecision.Method method, String by, String reason, Money refund, Money release) {
        public static Settled of(SettlementDecision decision) {
            return new Settled(
                    decision.method(),
                    decision.by(),
                    decision.reason(),
                    decision.settlement().refund(),
                    decision.settlement().release());
        }
    }

    public static MilestoneRow pending(Milestone milestone) {
        return new MilestoneRow(milestone, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
