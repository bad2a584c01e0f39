package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.PaymentRecord.ReplyMode;
import org.jspecify.annotations.Nullable;

/** The test payment methods, which determine the result of a charge. */
enum TestCard {
    SUCCEEDS("pm_card_visa", "succeeded", null, ReplyMode.PROMPT, false),
    DECLINED("pm_card_declined", "failed", "card_declined", ReplyMode.PROMPT, false),
    AUTHENTICATES("pm_card_authenticationRequired", "requires_action", null, ReplyMode.PROMPT, false),
    LATE("pm_card_late", "processing", null, ReplyMode.LATE, true),
    LOST("pm_card_lost", "succeeded", null, ReplyMode.LOST, false),
    /** The decline is no more true after a while. */
    DECLINED_THEN_SUCCEEDS("pm_card_declinedThenSucceeds", "failed", "card_declined", ReplyMode.PROMPT, true),
    CHARGED_TWICE("pm_card_chargedTwice", "succeeded", null, ReplyMode.PROMPT, false),
    /** One minor unit less than asked for. */
    WRONG_AMOUNT("pm_card_wrongAmount", "succeeded", null, ReplyMode.PROMPT, false),
    /** A refund to it succeeds and fails after a while: the money comes back. */
    REFUND_FAILS_LATER("pm_card_refundFails", "succeeded", null, ReplyMode.PROMPT, false),
    NO_SUCH_METHOD("", "failed", "resource_missing", ReplyMode.PROMPT, false);

    final String method;
    final String status;
    final @Nullable String code;
    final ReplyMode replyMode;
    final boolean succeedsLater;

    TestCard(String method, String status, @Nullable String code, ReplyMode replyMode, boolean succeedsLater) {
        this.method = method;
        this.status = status;
        this.code = code;
        this.replyMode = replyMode;
        this.succeedsLater = succeedsLater;
    }

    static TestCard find(String method) {
        for (var card : values()) if (card.method.equals(method)) return card;
        return NO_SUCH_METHOD;
    }

    /** What the card is charged, in minor units. */
    long charged(long amount) {
        return this == WRONG_AMOUNT ? amount - 1 : amount;
    }
}
