package io.guildhall.projections.process.profile;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleRejection;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand.Create;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Claims a handle and creates a profile for each account whose e-mail address is verified. Unverified accounts get no
 * handle, so that handles cannot be hoarded.
 */
public final class ProfileProcess implements Process {
    private static final int MAX_COUNTED_ATTEMPTS = 30;

    private final CommandSender sender;

    public ProfileProcess(Entities entities) {
        this.sender = new CommandSender(entities);
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Account.AGGREGATE, this::onAccountEvent));
    }

    private CompletionStage<Void> onAccountEvent(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Verified e -> claimHandle(recorded, e.person(), 1);
            case AccountEvent.RegistrationEvent _,
                    AccountEvent.SessionEvent _,
                    AccountEvent.SuspensionEvent _,
                    AccountEvent.EntitlementEvent _ -> CommandSender.NOTHING;
        };
    }

    /**
     * Claims the first candidate that is free or that this account has claimed before. Handles are never released, so a
     * repeated event finds the same one.
     */
    private CompletionStage<Void> claimHandle(Recorded<?> cause, AccountOwner owner, int attempt) {
        var handle = Handle.candidate(owner.name(), number(owner, attempt));
        return sender.entities()
                .execute(cause.correlation(), Handle.AGGREGATE, handle, new Claim(owner.id()))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Handle, HandleRejection> _ -> createProfile(cause, owner, handle);
                    case Outcome.Rejected<Handle, HandleRejection> _ -> claimHandle(cause, owner, attempt + 1);
                });
    }

    private CompletionStage<Void> createProfile(Recorded<?> cause, AccountOwner owner, String handle) {
        return sender.send(cause, Profile.AGGREGATE, owner.id(), new Create(handle, owner.name(), owner.country()));
    }

    /** The attempt at first; for a very common name, a large number derived from the account id. */
    private static int number(AccountOwner owner, int attempt) {
        return attempt <= MAX_COUNTED_ATTEMPTS
                ? attempt
                : 1_000 + Math.floorMod(31 * owner.id().hashCode() + attempt, 9_000_000);
    }
}
