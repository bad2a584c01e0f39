package io.guildhall.projections.process.profile;

import static io.guildhall.projections.Process.on;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountEvent;
import io.guildhall.domain.account.Person;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleRejection;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand.Create;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who has shown to own their e-mail gets a handle and a profile. Handles are not given before, or they could be hoarded. */
public final class ProfileProcess implements Process {
    private static final int PLAIN_TRIES = 30;

    private final CommandSender sender;

    public ProfileProcess(Entities entities) {
        this.sender = new CommandSender(entities);
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Account.AGGREGATE, this::account));
    }

    CompletionStage<Void> account(Recorded<AccountEvent> recorded) {
        return switch (recorded.event()) {
            case AccountEvent.Verified e -> settle(recorded, e.person(), 1);
            case AccountEvent.RegistrationEvent _,
                    AccountEvent.SessionEvent _,
                    AccountEvent.SuspensionEvent _,
                    AccountEvent.EntitlementEvent _ -> CommandSender.NOTHING;
        };
    }

    /** The first handle that is free, or this account's from an earlier try; handles are never given back, so a repeat ends at the same. */
    private CompletionStage<Void> settle(Recorded<?> cause, Person person, int attempt) {
        var handle = Handle.candidate(person.name(), number(person, attempt));
        return sender.entities()
                .execute(cause.correlation(), Handle.AGGREGATE, handle, new Claim(person.id()))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done<Handle, HandleRejection> _ -> create(cause, person, handle);
                    case Outcome.Refused<Handle, HandleRejection> _ -> settle(cause, person, attempt + 1);
                });
    }

    private CompletionStage<Void> create(Recorded<?> cause, Person person, String handle) {
        return sender.send(cause, Profile.AGGREGATE, person.id(), new Create(handle, person.name(), person.country()));
    }

    /** Small numbers first; where a name is very common, one that follows from the account. */
    private static int number(Person person, int attempt) {
        return attempt <= PLAIN_TRIES
                ? attempt
                : 1_000 + Math.floorMod(31 * person.id().hashCode() + attempt, 9_000_000);
    }
}
