package io.guildhall.domain.profile;

import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/**
 * What a person says of themselves.
 *
 * @param showcase nothing where nothing of it was ever said; see {@link #shown}
 */
public record ProfileDetails(
        String headline, String bio, List<String> skills, Optional<Money> hourlyRate, Optional<Showcase> showcase) {
    static final ProfileDetails BLANK = new ProfileDetails("", "", List.of(), Optional.empty(), Optional.empty());

    public ProfileDetails {
        skills = List.copyOf(skills);
    }

    public Showcase shown() {
        return showcase.orElse(Showcase.EMPTY);
    }

    /** Whether every file in it is that account's own. */
    public boolean hasOnlyFilesOf(String accountId) {
        return shown().hasOnlyFilesOf(accountId);
    }
}
