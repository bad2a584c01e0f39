package io.guildhall.port;

import io.guildhall.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The payment provider. It charges cards, holds the charged money, and transfers it to connected accounts or refunds it
 * to the card.
 *
 * <p>Every instruction carries an idempotency key: it is executed once, however often it is sent. If the provider does
 * not reply in time, the result is {@link PaymentResult.Unknown} and never a failure, because the instruction may have
 * been executed. {@link #find} or the same instruction again then returns the result. The stages fail only with
 * {@link KeyReusedException} or because of a bug.
 */
public interface PaymentGateway {

    /** Executes an instruction, or returns its current result if it was sent before. */
    CompletionStage<PaymentResult> perform(Instruction instruction);

    /** Looks up the current result of an instruction without executing it. */
    CompletionStage<SearchResult> find(Movement movement, InstructionId id);

    /**
     * Looks up a payment that the provider has named.
     *
     * @param reference of the payment
     */
    CompletionStage<SearchResult> retrieve(Movement movement, String reference);

    /**
     * Cancels a charge that requires an action of the payer, so that it cannot succeed any more.
     *
     * @return Declined if it was cancelled, else the result that it already had
     */
    CompletionStage<PaymentResult> cancel(InstructionId charge);

    /**
     * Lists the movements of money that the provider has booked in a period, oldest first, to compare them with our
     * records. Other movements, such as the provider's own fees, are not listed. A booking that the provider makes while
     * the pages are read may be missing until the period is listed again.
     *
     * @param cursor {@code next} of the previous page; empty for the first page
     * @param limit the maximum number of bookings on a page, from 1 to {@value Bookings#MAX_LIMIT}
     */
    CompletionStage<Bookings> bookings(Period period, Optional<String> cursor, int limit);

    /**
     * How long the provider remembers an idempotency key. After this time, an instruction can be looked up but must not
     * be sent again.
     */
    Duration keyLifetime();

    /**
     * How long after it was sent an instruction can reach the provider's records. One that the provider does not know by
     * then was never received.
     */
    Duration arrivalLimit();

    /** Opens an account that can receive transfers; one for each key. */
    CompletionStage<AccountResult> openAccount(AccountRequest request);

    /** Returns the current state of an account; empty if the provider does not know it. */
    CompletionStage<Optional<AccountState>> accountState(String account);

    /**
     * Returns a new link to the page of the provider on which the owner of an account verifies their identity. It
     * expires soon: never store it.
     */
    CompletionStage<String> onboardingLink(String account);

    /** The HTTP header with the signature of a webhook. */
    String signatureHeader();

    /**
     * Verifies and parses a webhook. The provider sends each at least once, in any order.
     *
     * @param body the unchanged bytes of the request
     * @param signature the value of {@link #signatureHeader}
     */
    Webhook readWebhook(byte[] body, String signature);

    /**
     * Identifies an instruction, here and in the records of the provider.
     *
     * @param key idempotency key, at most 255 characters, different for each attempt
     * @param subject id of the escrow or discrepancy that the money belongs to
     * @param attempt from 1
     */
    record InstructionId(String key, String subject, int attempt) {
        public InstructionId {
            if (key.isBlank() || key.length() > 255)
                throw new IllegalArgumentException("an idempotency key has 1 to 255 characters: " + key);
        }
    }

    /** The kinds of instructions. An idempotency key is unique within its kind. */
    enum Movement {
        CHARGE,
        TRANSFER,
        REFUND
    }

    /** An order to move money. */
    sealed interface Instruction {
        InstructionId id();

        default Movement movement() {
            return switch (this) {
                case Charge _ -> Movement.CHARGE;
                case Transfer _ -> Movement.TRANSFER;
                case Refund _ -> Movement.REFUND;
            };
        }

        Money amount();

        /**
         * From a card to the platform.
         *
         * @param paymentMethod the provider's token for the card; card numbers are never sent here
         */
        record Charge(InstructionId id, Money amount, String paymentMethod) implements Instruction {}

        /**
         * From a charge to a connected account.
         *
         * @param charge reference of the successful charge
         */
        record Transfer(InstructionId id, Money amount, String charge, String account) implements Instruction {}

        /**
         * From a charge back to its card.
         *
         * @param charge reference of the successful charge
         */
        record Refund(InstructionId id, Money amount, String charge) implements Instruction {}
    }

    sealed interface PaymentResult {
        /**
         * Final: the money has moved.
         *
         * @param amount that the provider has moved, to compare with the amount of the instruction
         */
        record Succeeded(String reference, Money amount) implements PaymentResult {}

        /** Final: no money has moved, and none will under this key. */
        record Declined(String code) implements PaymentResult {}

        /**
         * The payer must confirm the payment.
         *
         * @param clientSecret for the payer's browser, which confirms the payment at the provider
         */
        record ActionRequired(String reference, String clientSecret) implements PaymentResult {}

        /** Accepted and in progress; a webhook will report the result. */
        record Pending(String reference) implements PaymentResult {}

        /** It is unknown whether the provider received the instruction. */
        record Unknown(String error) implements PaymentResult {}
    }

    /** The result of looking up an instruction. */
    sealed interface SearchResult {
        /** @param id of the instruction that led to the payment */
        record Found(InstructionId id, PaymentResult result) implements SearchResult {}

        /**
         * Not in the provider's records; it may still arrive there. Sending the instruction again is safe for
         * {@link #keyLifetime}.
         */
        record NotFound() implements SearchResult {}

        record Unreachable(String error) implements SearchResult {}
    }

    /**
     * A period in the provider's time.
     *
     * @param from inclusive
     * @param until exclusive
     */
    record Period(Instant from, Instant until) {
        public Period {
            if (until.isBefore(from)) throw new IllegalArgumentException("the period ends before it starts");
        }
    }

    /** One page of a list of bookings. */
    sealed interface Bookings {
        int MAX_LIMIT = 100;

        /** @param next the cursor of the next page; empty on the last page */
        record Listed(List<Booking> bookings, Optional<String> next) implements Bookings {
            public Listed {
                bookings = List.copyOf(bookings);
            }
        }

        record Unreachable(String error) implements Bookings {}
    }

    /**
     * A movement of money in the provider's records.
     *
     * @param isReversal whether the money of an earlier booking with this reference was returned
     * @param reference of the payment
     * @param id of the instruction that led to the payment
     * @param at the provider's time
     */
    record Booking(
            Movement movement, boolean isReversal, String reference, InstructionId id, Money amount, Instant at) {}

    /**
     * @param key idempotency key
     * @param owner our account id, which the provider stores with its account
     * @param country ISO 3166-1 alpha-2
     */
    record AccountRequest(String key, String owner, String country) {}

    sealed interface AccountResult {
        record Opened(String account, AccountState state, String onboardingLink) implements AccountResult {}

        record Refused(String code) implements AccountResult {}

        record Unknown(String error) implements AccountResult {}
    }

    /** Whether a connected account can receive transfers. */
    enum AccountStatus {
        /** The owner or the provider has not finished the verification. */
        PENDING,
        VERIFIED,
        /** The provider has blocked the account, temporarily or permanently. */
        RESTRICTED
    }

    /**
     * @param asOf the provider's time of the last change of the status: of two states, the later one is current. The
     *     same as long as the status does not change.
     */
    record AccountState(AccountStatus status, Instant asOf) {}

    sealed interface Webhook {
        /** Signed by the provider, recently. */
        record Verified(Event event) implements Webhook {}

        /** The signature is missing, wrong or too old. */
        record Rejected(String reason) implements Webhook {}

        /** The signature is valid, and the body is not an event. */
        record Malformed(String reason) implements Webhook {}
    }

    /** @param id the same if the event is sent again */
    record Event(String id, Instant at, Change change) {}

    /** The content of an event. */
    sealed interface Change {
        /**
         * A payment has changed. Use {@link #retrieve} for its current result: events arrive in any order, and whoever
         * knows the secret can write one.
         *
         * @param reference of the payment
         * @param claim the result when the event was written
         */
        record PaymentChanged(Movement movement, String reference, InstructionId id, PaymentResult claim)
                implements Change {}

        /**
         * The account has changed. Use {@link #accountState} for its current status, since events arrive in any order.
         */
        record AccountChanged(String account, String owner) implements Change {}

        /** Of a type that this program does not use, whatever it contains. */
        record Other(String type) implements Change {}
    }

    /** The idempotency key was used for a different instruction, which is a bug in this program. Nothing was done. */
    final class KeyReusedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public KeyReusedException(String key) {
            super("the idempotency key " + key + " was used for a different instruction");
        }
    }
}
