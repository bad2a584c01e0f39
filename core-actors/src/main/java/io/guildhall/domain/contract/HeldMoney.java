package io.guildhall.domain.contract;

import io.guildhall.domain.escrow.Settlement;
import java.util.Optional;

/**
 * What the parties want to happen with the held money of a milestone, and what was decided.
 *
 * @param requests the number of refund requests so far
 * @param request the open refund request
 * @param periods the number of silence periods so far
 * @param silence the running silence period
 * @param issued the warning that the parties are being told: how many days before the end of the period
 * @param settlement the decided refund or split
 * @param isReleaseHeld whether the release waits because the freelancer is suspended
 * @param isReleaseStalled whether the provider has refused every attempt to pay the freelancer
 */
public record HeldMoney(
        int requests,
        Optional<RefundRequest> request,
        int periods,
        Optional<SilencePeriod> silence,
        Optional<Integer> issued,
        Optional<SettlementDecision> settlement,
        boolean isReleaseHeld,
        boolean isReleaseStalled) {
    static final HeldMoney NONE =
            new HeldMoney(0, Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty(), false, false);

    /**
     * A decision on the held money.
     *
     * @param by who decided: the party that agreed, the admin, or the party that requested it if silence agreed
     */
    public record SettlementDecision(Settlement settlement, Method method, String by, String reason) {
        public enum Method {
            /** The other party agreed to a refund request. */
            AGREED,
            /** The freelancer did not answer a refund request of the client. */
            SILENCE,
            /** An admin decided. */
            ADMIN
        }
    }

    HeldMoney withRequest(RefundRequest opened) {
        return new HeldMoney(
                opened.number(),
                Optional.of(opened),
                periods,
                Optional.empty(),
                Optional.empty(),
                settlement,
                isReleaseHeld,
                isReleaseStalled);
    }

    HeldMoney withoutRequest() {
        return new HeldMoney(
                requests,
                Optional.empty(),
                periods,
                Optional.empty(),
                Optional.empty(),
                settlement,
                isReleaseHeld,
                isReleaseStalled);
    }

    HeldMoney withSilence(SilencePeriod started) {
        return new HeldMoney(
                requests,
                request,
                started.number(),
                Optional.of(started),
                Optional.empty(),
                settlement,
                isReleaseHeld,
                isReleaseStalled);
    }

    HeldMoney withIssued(int warning) {
        return new HeldMoney(
                requests, request, periods, silence, Optional.of(warning), settlement, isReleaseHeld, isReleaseStalled);
    }

    /** The client has reacted to the submitted work, or has got other work. */
    HeldMoney withoutAcceptancePeriod() {
        return silence.filter(it -> it.kind() == SilencePeriod.Kind.ACCEPTANCE).isPresent()
                ? new HeldMoney(
                        requests,
                        request,
                        periods,
                        Optional.empty(),
                        Optional.empty(),
                        settlement,
                        isReleaseHeld,
                        isReleaseStalled)
                : this;
    }

    HeldMoney withSettlement(SettlementDecision decision) {
        return new HeldMoney(
                requests,
                Optional.empty(),
                periods,
                Optional.empty(),
                Optional.empty(),
                Optional.of(decision),
                false,
                false);
    }

    /** A release that is resumed is tried again, also if the provider has refused it before. */
    HeldMoney withReleaseHeld(boolean isHeld) {
        return new HeldMoney(
                requests, request, periods, silence, issued, settlement, isHeld, isHeld && isReleaseStalled);
    }

    HeldMoney withReleaseStalled() {
        return new HeldMoney(requests, request, periods, silence, issued, settlement, isReleaseHeld, true);
    }

    /** The release that was in progress has succeeded, so a decision to divide the money was not carried out. */
    HeldMoney released() {
        return new HeldMoney(
                requests,
                request,
                periods,
                silence,
                issued,
                settlement.filter(it -> it.settlement().releasesAll()),
                false,
                false);
    }
}
