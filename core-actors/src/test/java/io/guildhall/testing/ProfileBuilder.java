package io.guildhall.testing;

import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** Builds the details of a profile without rate and showcase. A test names only the attributes that it depends on. */
public final class ProfileBuilder {
    private String headline = "I build boats";
    private String bio = "";
    private List<String> skills = List.of();
    private Optional<Money> hourlyRate = Optional.empty();
    private Optional<Showcase> showcase = Optional.empty();

    private ProfileBuilder() {}

    public static ProfileBuilder aProfile() {
        return new ProfileBuilder();
    }

    public ProfileBuilder withHeadline(String value) {
        headline = value;
        return this;
    }

    public ProfileBuilder withBio(String value) {
        bio = value;
        return this;
    }

    public ProfileBuilder withSkills(String... values) {
        skills = List.of(values);
        return this;
    }

    public ProfileBuilder withHourlyRate(Money value) {
        hourlyRate = Optional.of(value);
        return this;
    }

    public ProfileBuilder withShowcase(Showcase value) {
        showcase = Optional.of(value);
        return this;
    }

    public ProfileDetails build() {
        return new ProfileDetails(headline, bio, skills, hourlyRate, showcase);
    }
}
