package io.guildhall.domain.contract;

import io.guildhall.domain.escrow.Settlement;
import io.guildhall.kernel.Personal;
import java.util.Optional;

/**
 * What the parties want to happen with the held money of a milestone, and what was decided.
 *
 * @param settlement the decided refund or split
 */
public record HeldMoney(
        Requests refundRequests, Silence silencePeriods, Optional<SettlementDecision> settlement, Release release) {
    static final HeldMoney NONE = new HeldMoney(
            new Requests(0, 0, Optional.empty(), Optional.empty()),
            new Silence(0, Optional.empty(), Optional.empty()),
            Optional.empty(),
            new Release(false, false));

    /**
     * The refund requests so far.
     *
     * @param byClient the number of the client's
     * @param byFreelancer the number of the freelancer's
     * @param interrupted the acceptance period that the open request has interrupted
     */
    public record Requests(
            int byClient, int byFreelancer, Optional<RefundRequest> open, Optional<SilencePeriod> interrupted) {
        Requests closed() {
            return new Requests(byClient, byFreelancer, Optional.empty(), Optional.empty());
        }

        Requests opened(RefundRequest request, boolean isByClient, Optional<SilencePeriod> interrupts) {
            return new Requests(
                    isByClient ? byClient + 1 : byClient,
                    isByClient ? byFreelancer : byFreelancer + 1,
                    Optional.of(request),
                    interrupts);
        }
    }

    /**
     * The silence periods so far.
     *
     * @param count their number
     * @param issued the issued warning that the parties have not received yet, in days before the end of the period
     */
    public record Silence(int count, Optional<SilencePeriod> running, Optional<Integer> issued) {
        Silence ended() {
            return new Silence(count, Optional.empty(), Optional.empty());
        }

        boolean isAcceptance() {
            return running.filter(it -> it.kind() == SilencePeriod.Kind.ACCEPTANCE)
                    .isPresent();
        }
    }

    /**
     * Why the release of accepted work waits.
     *
     * @param isHeld the freelancer is suspended
     * @param isStalled the provider has refused every attempt to pay the freelancer
     */
    public record Release(boolean isHeld, boolean isStalled) {}

    /**
     * A decision on the held money.
     *
     * @param by who decided: the party that agreed, the admin, or the party that requested it if silence agreed
     */
    public record SettlementDecision(
            Settlement settlement,
            Method method,
            String by,
            @Personal String reason) {
        public enum Method {
            /** The other party agreed to a refund request. */
            AGREED,
            /** The freelancer did not answer a refund request of the client. */
            SILENCE,
            /** An admin decided. */
            ADMIN
        }
    }

    /** The open refund request. */
    public Optional<RefundRequest> request() {
        return refundRequests.open;
    }

    /** The number of refund requests so far, of both parties. */
    public int requests() {
        return refundRequests.byClient + refundRequests.byFreelancer;
    }

    /** The running silence period. */
    public Optional<SilencePeriod> silence() {
        return silencePeriods.running;
    }

    /** The issued warning that the parties have not received yet, in days before the end of the period. */
    public Optional<Integer> issued() {
        return silencePeriods.issued;
    }

    HeldMoney withRequest(RefundRequest opened, boolean isByClient) {
        var interrupts = silence().filter(_ -> silencePeriods.isAcceptance());
        return new HeldMoney(
                refundRequests.opened(opened, isByClient, interrupts), silencePeriods.ended(), settlement, release);
    }

    HeldMoney withoutRequest() {
        return new HeldMoney(refundRequests.closed(), silencePeriods.ended(), settlement, release);
    }

    HeldMoney withSilence(SilencePeriod started) {
        return new HeldMoney(
                refundRequests,
                new Silence(started.number(), Optional.of(started), Optional.empty()),
                settlement,
                release);
    }

    HeldMoney withIssued(int warning) {
        return new HeldMoney(
                refundRequests,
                new Silence(silencePeriods.count, silencePeriods.running, Optional.of(warning)),
                settlement,
                release);
    }

    /** The client has responded to the submitted work, or a new submission has replaced it. */
    HeldMoney withoutAcceptancePeriod() {
        var requests = new Requests(
                refundRequests.byClient, refundRequests.byFreelancer, refundRequests.open, Optional.empty());
        return new HeldMoney(
                requests, silencePeriods.isAcceptance() ? silencePeriods.ended() : silencePeriods, settlement, release);
    }

    HeldMoney withSettlement(SettlementDecision decision) {
        return new HeldMoney(
                refundRequests.closed(), silencePeriods.ended(), Optional.of(decision), new Release(false, false));
    }

    /** A release that is resumed is tried again, also if the provider has refused it before. */
    HeldMoney withReleaseHeld(boolean isHeld) {
        return new HeldMoney(
                refundRequests, silencePeriods, settlement, new Release(isHeld, isHeld && release.isStalled));
    }

    HeldMoney withReleaseStalled() {
        return new HeldMoney(refundRequests, silencePeriods, settlement, new Release(release.isHeld, true));
    }

    /** The release that was in progress has succeeded, so a decision to divide the money was not carried out. */
    HeldMoney released() {
        return new HeldMoney(
                refundRequests,
                silencePeriods,
                settlement.filter(it -> it.settlement().releasesAll()),
                new Release(false, false));
    }
}
