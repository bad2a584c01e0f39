package io.guildhall.projections.view.audit;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.SqlType.BIGINT;

import io.guildhall.kernel.Money;
import io.guildhall.projections.store.RecordColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the money of an escrow or a discrepancy, or a change of it, in minor units of one currency.
 *
 * @param charged what the client has paid
 * @param held what waits for its release or refund
 * @param reserved what waits for its refund in a split
 * @param owed what is on its way to the freelancer
 * @param paid what the freelancer has got
 * @param fees the platform's share
 * @param refunded what the client has got back
 * @param surplus what came in without an escrow to account for it; negative if it left the platform
 * @param writtenOff the surplus that an operator has closed without sending it back, and the amounts paid or refunded
 *     outside the provider, where the money remains
 */
record Amounts(
        long charged,
        long held,
        long reserved,
        long owed,
        long paid,
        long fees,
        long refunded,
        long surplus,
        long writtenOff) {
    static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static final RecordColumns<Amounts> COLUMNS = RecordColumns.of(
            Amounts.class,
            column("charged", BIGINT, Amounts::charged),
            column("held", BIGINT, Amounts::held),
            column("reserved", BIGINT, Amounts::reserved),
            column("owed", BIGINT, Amounts::owed),
            column("paid", BIGINT, Amounts::paid),
            column("fees", BIGINT, Amounts::fees),
            column("refunded", BIGINT, Amounts::refunded),
            column("surplus", BIGINT, Amounts::surplus),
            column("written_off", BIGINT, Amounts::writtenOff));

    static Amounts ofCharge(Money amount) {
        return new Amounts(amount.amount(), amount.amount(), 0, 0, 0, 0, 0, 0, 0);
    }

    static Amounts ofReleaseStart(Money fee, Money net) {
        long all = Math.addExact(fee.amount(), net.amount());
        return new Amounts(0, -all, 0, net.amount(), 0, fee.amount(), 0, 0, 0);
    }

    static Amounts ofPayout(Money net) {
        return new Amounts(0, 0, 0, -net.amount(), net.amount(), 0, 0, 0, 0);
    }

    static Amounts ofRefund(Money amount) {
        return new Amounts(0, -amount.amount(), 0, 0, 0, 0, amount.amount(), 0, 0);
    }

    static Amounts ofAbandonedRelease(Money fee, Money net) {
        long all = Math.addExact(fee.amount(), net.amount());
        return new Amounts(0, all, 0, -net.amount(), 0, -fee.amount(), 0, 0, 0);
    }

    /** The amount that was paid or refunded outside the provider. */
    Amounts outside() {
        return plus(new Amounts(0, 0, 0, 0, 0, 0, 0, 0, Math.addExact(paid, refunded)));
    }

    static Amounts ofSplitStart(Money refund) {
        return new Amounts(0, -refund.amount(), refund.amount(), 0, 0, 0, 0, 0, 0);
    }

    static Amounts ofAbandonedRefund(Money refund) {
        return new Amounts(0, refund.amount(), -refund.amount(), 0, 0, 0, 0, 0, 0);
    }

    static Amounts ofRefundInSplit(Money refund) {
        return new Amounts(0, 0, -refund.amount(), 0, 0, 0, refund.amount(), 0, 0);
    }

    /** @param amount negative if the money left the platform */
    static Amounts ofSurplus(long amount) {
        return new Amounts(0, 0, 0, 0, 0, 0, 0, amount, 0);
    }

    /** @param amount negative if the money left the platform */
    static Amounts ofWriteOff(long amount) {
        return new Amounts(0, 0, 0, 0, 0, 0, 0, -amount, amount);
    }

    Amounts plus(Amounts other) {
        return new Amounts(
                Math.addExact(charged, other.charged),
                Math.addExact(held, other.held),
                Math.addExact(reserved, other.reserved),
                Math.addExact(owed, other.owed),
                Math.addExact(paid, other.paid),
                Math.addExact(fees, other.fees),
                Math.addExact(refunded, other.refunded),
                Math.addExact(surplus, other.surplus),
                Math.addExact(writtenOff, other.writtenOff));
    }

    /** What the payment provider holds for the platform. */
    long cash() {
        return charged - paid - refunded + surplus + writtenOff;
    }

    /**
     * What does not add up, such as "held -5"; empty if all is right.
     *
     * @param price what the client has to pay
     * @param releaseFollows whether the next event releases what is held
     */
    List<Imbalance> imbalances(long price, boolean releaseFollows) {
        var all = new ArrayList<Imbalance>();
        if (charged != 0) add(all, "charged", charged - price);
        if (held < 0) add(all, "held", held);
        if (reserved < 0) add(all, "reserved", reserved);
        if (owed < 0) add(all, "owed", owed);
        add(all, "sum", charged - held - reserved - owed - paid - fees - refunded);
        // What is not reserved for the client is released as a whole.
        if (!releaseFollows && held > 0 && (owed > 0 || paid > 0)) add(all, "held after the release", held);
        return all;
    }

    private static void add(List<Imbalance> all, String what, long difference) {
        if (difference != 0) all.add(new Imbalance(what, difference));
    }
}
