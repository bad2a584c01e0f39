package io.guildhall.projections.notify;

import io.guildhall.domain.contract.Deal;
import io.guildhall.kernel.Money;

/** Amounts as text, as notifications show them. */
final class Amounts {
    private Amounts() {}

    /** For the client. */
    static String held(Money amount) {
        return amount.text() + " will be released when you accept the work. The freelancer can start.";
    }

    /** For the freelancer. */
    static String toBeEarned(Money amount, Deal deal) {
        return "You can start the work. You will get " + net(amount, deal);
    }

    /** For the freelancer. */
    static String paid(Money amount, Deal deal) {
        return "You get " + net(amount, deal);
    }

    /** For the client. */
    static String refunded(Money amount) {
        return "You get " + amount.text() + " back.";
    }

    private static String net(Money amount, Deal deal) {
        var fee = amount.share(deal.feeBasisPoints());
        var net = amount.minus(fee).text();
        return fee.amount() == 0 ? net + "." : net + ": " + amount.text() + " less the fee of " + fee.text() + ".";
    }
}
