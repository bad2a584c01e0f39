package io.guildhall.port;

import io.guildhall.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The payment provider: charges cards, holds what was charged, pays it out to connected accounts or back to the card.
 *
 * <p>Every instruction carries an idempotency key: however often it is sent, it acts once. No answer in time is {@link
 * Answer.Unknown}, never a failure: it may or may not have acted, and {@link #find} or the same instruction again will tell. The
 * stages fail only with {@link KeyReused} or where the program itself is broken.
 */
public interface PaymentGateway {

    /** Asks for it, or, where it was asked before under the same key, what has become of it. */
    CompletionStage<Answer> perform(Instruction instruction);

    /** What has become of it, without asking for it. */
    CompletionStage<Trace> find(Instruction instruction);

    /**
     * Gives up a charge that waits for its payer, so that it can never succeed.
     *
     * @return Declined where it is given up, or what it had become before
     */
    CompletionStage<Answer> abandon(Instruction.Charge charge);

    /** For how long a key keeps a repeat from acting twice. Later, an instruction may be looked for but not sent again. */
    Duration keyLife();

    /** Opens an account that money can be paid out to, once for a key. */
    CompletionStage<Opening> open(AccountRequest request);

    /** How an account stands now; nothing where the provider does not know it. */
    CompletionStage<Optional<Standing>> standing(String account);

    /** A fresh link to the provider's own pages, where the owner of an account says who they are. Does not last: never kept. */
    CompletionStage<String> onboardingLink(String account);

    /** The HTTP header in which the provider signs what it sends. */
    String signatureHeader();

    /**
     * What the provider says of its own accord, at least once and in any order.
     *
     * @param body the request's bytes as they came
     * @param signature the value of {@link #signatureHeader}
     */
    Notice read(byte[] body, String signature);

    /**
     * Names an instruction among all others, here and in the provider's records.
     *
     * @param key at most 255 characters, different for each attempt
     * @param escrow whose money it is; groups what the provider records for it
     */
    record Purpose(String key, String escrow, int attempt) {
        public Purpose {
            if (key.isBlank() || key.length() > 255) throw new IllegalArgumentException("not a key: " + key);
        }
    }

    /** Something that moves money. */
    sealed interface Instruction {
        Purpose purpose();

        Money amount();

        /** From a card to us. {@code paymentMethod} is the provider's token: a card number never comes here. */
        record Charge(Purpose purpose, Money amount, String paymentMethod) implements Instruction {}

        /** Out of a charge to a connected account. */
        record Transfer(Purpose purpose, Money amount, String charge, String account) implements Instruction {}

        /** Out of a charge back to its card. */
        record Refund(Purpose purpose, Money amount, String charge) implements Instruction {}
    }

    sealed interface Answer {
        /** Final: the money has moved. */
        record Succeeded(String reference) implements Answer {}

        /** Final: no money has moved, nor will under this key. */
        record Declined(String code) implements Answer {}

        /** Waits for the payer, whose browser completes it with the provider by this secret. */
        record ActionRequired(String reference, String clientSecret) implements Answer {}

        /** Accepted and under way; the provider will tell. */
        record Pending(String reference) implements Answer {}

        /** Not known whether it was received, let alone what came of it. */
        record Unknown(String why) implements Answer {}
    }

    /** What a search has brought. */
    sealed interface Trace {
        record Found(Answer answer) implements Trace {}

        /** Not in the provider's records yet: it may still be on its way there. Sending the same again is safe for {@link #keyLife}. */
        record NotFound() implements Trace {}

        record Unreachable(String why) implements Trace {}
    }

    /** @param owner our account, written into the provider's record of it */
    record AccountRequest(String key, String owner, String country) {}

    sealed interface Opening {
        record Opened(String account, Standing standing, String onboardingLink) implements Opening {}

        record Refused(String code) implements Opening {}

        record Unknown(String why) implements Opening {}
    }

    /** Whether money can be paid out to a connected account. */
    enum Standing {
        /** Its owner, or the provider, has something left to do. */
        PENDING,
        VERIFIED,
        /** The provider has closed it, for now or for good. */
        RESTRICTED
    }

    sealed interface Notice {
        /** Signed by the provider, lately. */
        record Genuine(Event event) implements Notice {}

        record Rejected(String why) implements Notice {}
    }

    /** @param id the same when it is sent again */
    record Event(String id, Instant at, News news) {}

    sealed interface News {
        /** As it stood when the event was written; a later one may have come before. */
        record OfCharge(Purpose purpose, Answer answer) implements News {}

        record OfTransfer(Purpose purpose, Answer answer) implements News {}

        record OfRefund(Purpose purpose, Answer answer) implements News {}

        /** Says that it changed. How it stands now is {@link #standing}'s to say, since events come in any order. */
        record OfAccount(String account, String owner) implements News {}

        /** Nothing that concerns us. */
        record Other(String type) implements News {}
    }

    /** The same key was used before for something else: a fault of this program. Nothing was done. */
    final class KeyReused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public KeyReused(String key) {
            super("the key " + key + " was used before for something else");
        }
    }
}
