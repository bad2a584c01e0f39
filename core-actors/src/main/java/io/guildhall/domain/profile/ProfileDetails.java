package io.guildhall.domain.profile;

import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** What a person says of themselves. */
public record ProfileDetails(String headline, String bio, List<String> skills, Optional<Money> hourlyRate) {
    static final ProfileDetails BLANK = new ProfileDetails("", "", List.of(), Optional.empty());

    public ProfileDetails {
        skills = List.copyOf(skills);
    }
}
