package io.guildhall.domain.handle;

import static io.guildhall.domain.handle.HandleRejection.RESERVED;
import static io.guildhall.domain.handle.HandleRejection.TAKEN;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.handle.HandleCommand.Cancel;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleCommand.Confirm;
import io.guildhall.domain.handle.HandleCommand.Redirect;
import io.guildhall.domain.handle.HandleCommand.Reserve;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Confusables;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.LatinText;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A public name such as {@code ann-meyer} that belongs to at most one account. Handles that look alike have one entity,
 * so only one of them can be given to an account. A handle that an account has had is never given to another one.
 */
public sealed interface Handle extends Journalled {
    int MAX_LENGTH = 30;
    Duration REDIRECT_PERIOD = Duration.ofDays(90);
    /** The stem of the handle of a name that gives none. */
    String NEUTRAL = "user";

    Aggregate<Handle, HandleCommand, HandleEvent, HandleRejection> AGGREGATE = new Aggregate<>(
            "handle",
            Handle.class,
            HandleCommand.class,
            HandleEvent.class,
            HandleRejection.class,
            new Free(),
            Handle::decide,
            Handle::evolve);

    record Free() implements Handle {}

    /** @param since when the handle was claimed or reserved */
    record Owned(
            String accountId, @Personal(of = "accountId") String handle, Instant since) implements Handle {
        boolean isOf(String account, String text) {
            return accountId.equals(account) && handle.equals(text);
        }
    }

    /**
     * Waits for the profile of the account to be changed.
     *
     * @param redirect present if it is a former handle of the account
     */
    record Reserved(
            String accountId, @Personal(of = "accountId") String handle, Instant since, Optional<Redirecting> redirect)
            implements Handle {
        boolean isOf(String account, String text) {
            return accountId.equals(account) && handle.equals(text);
        }

        boolean isFrom(String account, Instant reservedAt) {
            return accountId.equals(account) && since.equals(reservedAt);
        }
    }

    /** A former handle of the account. */
    record Redirecting(
            String accountId, @Personal(of = "accountId") String handle, Instant until) implements Handle {
        boolean isOf(String account, String text) {
            return accountId.equals(account) && handle.equals(text);
        }
    }

    /** Whether an account could have this text as its handle. A handle from a name can be shorter than a chosen one. */
    static boolean isWellFormed(String text) {
        return text.length() <= MAX_LENGTH && text.matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    /** The id of the entity of a handle, and of all that look like it. A hash: ids contain no personal data. */
    static String id(String handle) {
        return Sha256.hex(Confusables.skeleton(handle));
    }

    /**
     * The n-th handle to try for a name: lower-case letters, digits and hyphens, at most {@value #MAX_LENGTH}
     * characters. The second and later ones end in their number. A name that gives no handle, or a reserved one, is
     * replaced by {@value #NEUTRAL}.
     *
     * @param n from 1
     */
    static String candidate(String name, int n) {
        var words = LatinText.words(name);
        var suffix = n == 1 ? "" : "-" + n;
        var stem = words.isEmpty() || ReservedHandles.contains(words) ? NEUTRAL : words;
        var cut = stem.substring(0, Math.min(stem.length(), MAX_LENGTH - suffix.length()));
        return cut.replaceAll("-$", "") + suffix;
    }

    default Decision<HandleEvent, HandleRejection> decide(HandleCommand command, Instant now) {
        return switch (this) {
            case Free _ ->
                switch (command) {
                    case Claim claim ->
                        give(claim.handle(), new HandleEvent.Claimed(claim.accountId(), claim.handle(), now));
                    case Reserve reserve ->
                        give(reserve.handle(), new HandleEvent.Reserved(reserve.accountId(), reserve.handle(), now));
                    case Confirm _, Cancel _, Redirect _ -> accept();
                };
            case Owned owned ->
                switch (command) {
                    case Claim claim -> acceptIf(owned.isOf(claim.accountId(), claim.handle()));
                    case Reserve reserve -> acceptIf(owned.isOf(reserve.accountId(), reserve.handle()));
                    case Redirect redirect
                    when redirect.accountId().equals(owned.accountId)
                            && !redirect.reservedAt().isBefore(owned.since) ->
                        accept(new HandleEvent.Redirected(redirect.until(), now));
                    case Redirect _, Confirm _, Cancel _ -> accept();
                };
            case Reserved reserved ->
                switch (command) {
                    case Claim claim -> acceptIf(reserved.isOf(claim.accountId(), claim.handle()));
                    case Reserve reserve -> acceptIf(reserved.isOf(reserve.accountId(), reserve.handle()));
                    case Confirm confirm
                    when reserved.isFrom(confirm.accountId(), confirm.reservedAt()) ->
                        accept(new HandleEvent.Confirmed(now));
                    case Cancel cancel
                    when reserved.isFrom(cancel.accountId(), cancel.reservedAt()) ->
                        accept(new HandleEvent.Cancelled(now));
                    case Confirm _, Cancel _, Redirect _ -> accept();
                };
            case Redirecting former ->
                switch (command) {
                    case Claim claim -> acceptIf(former.isOf(claim.accountId(), claim.handle()));
                    case Reserve reserve
                    when former.isOf(reserve.accountId(), reserve.handle()) ->
                        accept(new HandleEvent.Reserved(reserve.accountId(), reserve.handle(), now));
                    case Reserve _ -> reject(TAKEN);
                    case Confirm _, Cancel _, Redirect _ -> accept();
                };
        };
    }

    private static Decision<HandleEvent, HandleRejection> give(String handle, HandleEvent event) {
        return ReservedHandles.contains(handle) ? reject(RESERVED) : accept(event);
    }

    private static Decision<HandleEvent, HandleRejection> acceptIf(boolean isOfAccount) {
        return isOfAccount ? accept() : reject(TAKEN);
    }

    default Handle evolve(HandleEvent event) {
        return switch (this) {
            case Free _ ->
                switch (event) {
                    case HandleEvent.Claimed e -> new Owned(e.accountId(), e.handle(), e.at());
                    case HandleEvent.Reserved e -> new Reserved(e.accountId(), e.handle(), e.at(), Optional.empty());
                    case HandleEvent.Confirmed _, HandleEvent.Cancelled _, HandleEvent.Redirected _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Owned owned ->
                switch (event) {
                    case HandleEvent.Redirected e -> new Redirecting(owned.accountId, owned.handle, e.until());
                    case HandleEvent.Claimed _,
                            HandleEvent.Reserved _,
                            HandleEvent.Confirmed _,
                            HandleEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Reserved reserved ->
                switch (event) {
                    case HandleEvent.Confirmed _ -> new Owned(reserved.accountId, reserved.handle, reserved.since);
                    case HandleEvent.Cancelled _ ->
                        reserved.redirect.<Handle>map(it -> it).orElseGet(Free::new);
                    case HandleEvent.Claimed _, HandleEvent.Reserved _, HandleEvent.Redirected _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Redirecting former ->
                switch (event) {
                    case HandleEvent.Reserved e -> new Reserved(e.accountId(), e.handle(), e.at(), Optional.of(former));
                    case HandleEvent.Claimed _,
                            HandleEvent.Confirmed _,
                            HandleEvent.Cancelled _,
                            HandleEvent.Redirected _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
