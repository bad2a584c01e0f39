package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.Profile;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** What anybody may know of a person: never the e-mail, the payout account or how they were verified. */
public record ProfileView(
        String accountId,
        String handle,
        String name,
        String country,
        String headline,
        String bio,
        List<String> skills,
        Optional<Money> hourlyRate,
        long revision)
        implements Versioned {
    static Optional<ProfileView> of(String accountId, Profile profile) {
        return switch (profile) {
            case Profile.Unborn _ -> Optional.empty();
            case Profile.Shown it ->
                Optional.of(new ProfileView(
                        accountId,
                        it.handle(),
                        it.name(),
                        it.country(),
                        it.details().headline(),
                        it.details().bio(),
                        it.details().skills(),
                        it.details().hourlyRate(),
                        it.revision()));
        };
    }
}
