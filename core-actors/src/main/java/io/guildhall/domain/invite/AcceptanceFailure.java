package io.guildhall.domain.invite;

import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** Reasons for which the hire after an acceptance fails. The names are stored and part of the API: never changed. */
public enum AcceptanceFailure {
    /** In old events only: such an acceptance is now rejected. The invite is pending again. */
    PAYOUT_NOT_READY,
    JOB_NOT_OPEN,
    OTHER_CURRENCY,
    /** The client or the freelancer is suspended. The invite is pending again and can be accepted later. */
    ACCOUNT_SUSPENDED,
    /** The deadline of the hire has passed. The invite is pending again and can be accepted later. */
    TIMED_OUT;

    /** Whether the invite is pending again. */
    public boolean isRetryable() {
        return switch (this) {
            case PAYOUT_NOT_READY, ACCOUNT_SUSPENDED, TIMED_OUT -> true;
            case JOB_NOT_OPEN, OTHER_CURRENCY -> false;
        };
    }

    /** The reason of the hire, such as {@code job-not-open}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws NoSuchElementException if no failure has this code */
    public static AcceptanceFailure fromCode(String code) {
        return Stream.of(values())
                .filter(it -> it.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
