package io.guildhall.projections.process.profile;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand;
import io.guildhall.domain.handle.HandleCommand.Cancel;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleCommand.Confirm;
import io.guildhall.domain.handle.HandleCommand.Redirect;
import io.guildhall.domain.handle.HandleEvent;
import io.guildhall.domain.handle.HandleRejection;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand.ChangeHandle;
import io.guildhall.domain.profile.ProfileCommand.Create;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Claims a handle and creates a profile for each account. A registration whose e-mail address is not verified gets no
 * handle, so that handles cannot be hoarded.
 *
 * <p>Changes a handle: when the new one is reserved, the profile is changed; when the profile is changed, the new handle
 * is confirmed and the former one becomes a redirect. If the profile rejects the change, the reservation is cancelled.
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
        return List.of(
                on(Account.AGGREGATE, this::onAccountEvent),
                on(Handle.AGGREGATE, this::onHandleEvent),
                on(Profile.AGGREGATE, this::onProfileEvent));
    }

    private CompletionStage<Void> onAccountEvent(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Opened e -> createProfile(recorded, e.person());
            case AccountEvent.SessionEvent _, AccountEvent.SuspensionEvent _, AccountEvent.EntitlementEvent _ ->
                CommandSender.NOTHING;
        };
    }

    /** Does not claim another handle if the event is repeated after the profile was created. */
    private CompletionStage<Void> createProfile(Recorded<?> cause, AccountOwner owner) {
        return sender.entities().state(Profile.AGGREGATE, owner.id()).thenCompose(profile -> switch (profile) {
            case Profile.NotCreated _ -> claimHandle(cause, owner, 1);
            case Profile.Created _ -> CommandSender.NOTHING;
        });
    }

    /** Claims the first candidate that is free or that this account has claimed before. */
    private CompletionStage<Void> claimHandle(Recorded<?> cause, AccountOwner owner, int attempt) {
        var handle = Handle.candidate(owner.name(), number(owner, attempt));
        return sender.entities()
                .execute(cause.correlation(), Handle.AGGREGATE, Handle.id(handle), new Claim(owner.id(), handle))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Handle, HandleRejection> _ -> createProfile(cause, owner, handle);
                    case Outcome.Rejected<Handle, HandleRejection> _ -> claimHandle(cause, owner, attempt + 1);
                });
    }

    private CompletionStage<Void> createProfile(Recorded<?> cause, AccountOwner owner, String handle) {
        return sender.send(cause, Profile.AGGREGATE, owner.id(), new Create(handle, owner.name(), owner.country()));
    }

    private CompletionStage<Void> onHandleEvent(Recorded<HandleEvent> recorded) {
        return switch (recorded.event()) {
            case HandleEvent.Reserved e ->
                sender.send(
                        recorded,
                        Profile.AGGREGATE,
                        e.accountId(),
                        new ChangeHandle(e.handle(), e.at()),
                        _ -> sendToHandle(recorded, e.handle(), new Cancel(e.accountId(), e.at())));
            case HandleEvent.Claimed _, HandleEvent.Confirmed _, HandleEvent.Cancelled _, HandleEvent.Redirected _ ->
                CommandSender.NOTHING;
        };
    }

    private CompletionStage<Void> onProfileEvent(Recorded<ProfileEvent> recorded) {
        return switch (recorded.event()) {
            case ProfileEvent.HandleChanged e -> {
                var accountId = recorded.entityId();
                var redirect = new Redirect(accountId, e.reservedAt(), e.at().plus(Handle.REDIRECT_PERIOD));
                yield sendToHandle(recorded, e.to(), new Confirm(accountId, e.reservedAt()))
                        .thenCompose(_ -> sendToHandle(recorded, e.from(), redirect));
            }
            case ProfileEvent.Created _, ProfileEvent.Edited _ -> CommandSender.NOTHING;
        };
    }

    private CompletionStage<Void> sendToHandle(Recorded<?> cause, String handle, HandleCommand command) {
        return sender.send(cause, Handle.AGGREGATE, Handle.id(handle), command);
    }

    /** The attempt at first; for a very common name, a large number derived from the account id. */
    private static int number(AccountOwner owner, int attempt) {
        return attempt <= MAX_COUNTED_ATTEMPTS
                ? attempt
                : 1_000 + Math.floorMod(31 * owner.id().hashCode() + attempt, 9_000_000);
    }
}
