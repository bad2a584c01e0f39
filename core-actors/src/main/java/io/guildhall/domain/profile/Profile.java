package io.guildhall.domain.profile;

import static io.guildhall.domain.profile.ProfileRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.profile.ProfileCommand.*;
import io.guildhall.domain.profile.ProfileEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The public description of an account. It is created when the account is verified, and edited by its owner. */
public sealed interface Profile extends Journalled {
    /** The shortest time between two changes of the handle. */
    Duration HANDLE_CHANGE_INTERVAL = Duration.ofDays(30);

    Aggregate<Profile, ProfileCommand, ProfileEvent, ProfileRejection> AGGREGATE = new Aggregate<>(
                    "profile",
                    Profile.class,
                    ProfileCommand.class,
                    ProfileEvent.class,
                    ProfileRejection.class,
                    new NotCreated(),
                    Profile::decide,
                    Profile::evolve)
            .ownedBy((accountId, _) -> List.of(accountId));

    record NotCreated() implements Profile {}

    /**
     * @param revision 1 for the first version, increased by each edit and each change of the handle
     * @param handleReservedAt when the present handle was reserved; empty if it was never changed
     */
    record Created(
            @Personal String handle,
            @Personal String name,
            String country,
            ProfileDetails details,
            long revision,
            Optional<Instant> handleReservedAt)
            implements Profile {
        /** When the handle can be changed again; empty if it was never changed. */
        public Optional<Instant> handleChangeableFrom() {
            return handleReservedAt.map(it -> it.plus(HANDLE_CHANGE_INTERVAL));
        }

        /** By the time of the reservation, so that a repeated command has the same result. */
        private boolean isTooEarly(ChangeHandle change) {
            return handleChangeableFrom().filter(change.reservedAt()::isBefore).isPresent();
        }

        private Created with(ProfileDetails edited) {
            return new Created(handle, name, country, edited, revision + 1, handleReservedAt);
        }

        private Created with(HandleChanged changed) {
            return new Created(changed.to(), name, country, details, revision + 1, Optional.of(changed.reservedAt()));
        }
    }

    default Decision<ProfileEvent, ProfileRejection> decide(ProfileCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Create create ->
                        accept(new ProfileEvent.Created(create.handle(), create.name(), create.country(), now));
                    case Edit _, ChangeHandle _ -> reject(NO_PROFILE);
                };
            case Created created ->
                switch (command) {
                    case Create _ -> accept();
                    case Edit edit when edit.revision() != created.revision -> reject(REVISION_MISMATCH);
                    case Edit edit when edit.details().equals(created.details) -> accept();
                    case Edit edit -> accept(new Edited(edit.details(), now));
                    case ChangeHandle change when change.handle().equals(created.handle) -> accept();
                    case ChangeHandle change when created.isTooEarly(change) -> reject(HANDLE_CHANGED_RECENTLY);
                    case ChangeHandle change ->
                        accept(new HandleChanged(created.handle, change.handle(), change.reservedAt(), now));
                };
        };
    }

    default Profile evolve(ProfileEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case ProfileEvent.Created created ->
                        new Created(
                                created.handle(),
                                created.name(),
                                created.country(),
                                ProfileDetails.EMPTY,
                                1,
                                Optional.empty());
                    case Edited _, HandleChanged _ -> throw new CorruptJournalException(this, event);
                };
            case Created created ->
                switch (event) {
                    case Edited edited -> created.with(edited.details());
                    case HandleChanged changed -> created.with(changed);
                    case ProfileEvent.Created _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
