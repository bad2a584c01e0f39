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
import java.time.Instant;

/** The public description of an account. It is created when the account is verified, and edited by its owner. */
public sealed interface Profile extends Journalled {
    Aggregate<Profile, ProfileCommand, ProfileEvent, ProfileRejection> AGGREGATE = new Aggregate<>(
            "profile",
            Profile.class,
            ProfileCommand.class,
            ProfileEvent.class,
            ProfileRejection.class,
            new NotCreated(),
            Profile::decide,
            Profile::evolve);

    record NotCreated() implements Profile {}

    /** @param revision 1 for the first version, increased by each edit */
    record Created(String handle, String name, String country, ProfileDetails details, long revision)
            implements Profile {}

    default Decision<ProfileEvent, ProfileRejection> decide(ProfileCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case Create create ->
                        accept(new ProfileEvent.Created(create.handle(), create.name(), create.country(), now));
                    case Edit _ -> reject(NO_PROFILE);
                };
            case Created created ->
                switch (command) {
                    case Create _ -> accept();
                    case Edit edit when edit.revision() != created.revision -> reject(REVISION_MISMATCH);
                    case Edit edit when edit.details().equals(created.details) -> accept();
                    case Edit edit -> accept(new Edited(edit.details(), now));
                };
        };
    }

    default Profile evolve(ProfileEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case ProfileEvent.Created created ->
                        new Created(created.handle(), created.name(), created.country(), ProfileDetails.EMPTY, 1);
                    case Edited _ -> throw new CorruptJournalException(this, event);
                };
            case Created created ->
                switch (event) {
                    case Edited edited ->
                        new Created(
                                created.handle, created.name, created.country, edited.details(), created.revision + 1);
                    case ProfileEvent.Created _ -> throw new CorruptJournalException(this, event);
                };
        };
    }
}
