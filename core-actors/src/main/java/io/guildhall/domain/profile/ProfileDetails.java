package io.guildhall.domain.profile;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;

/**
 * The editable content of a profile.
 *
 * @param skills as the user wrote them
 * @param showcase empty if it was never edited; see {@link #showcaseOrEmpty}
 */
public record ProfileDetails(
        @Personal String headline,
        @Personal String bio,
        @Personal List<String> skills,
        Optional<Money> hourlyRate,
        Optional<Showcase> showcase) {
    static final ProfileDetails EMPTY = new ProfileDetails("", "", List.of(), Optional.empty(), Optional.empty());

    public ProfileDetails {
        skills = List.copyOf(skills);
    }

    public Showcase showcaseOrEmpty() {
        return showcase.orElse(Showcase.EMPTY);
    }

    /** Whether all files belong to the account. */
    public boolean hasOnlyFilesOf(String accountId) {
        return showcaseOrEmpty().hasOnlyFilesOf(accountId);
    }
}
