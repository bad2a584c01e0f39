package io.guildhall.testing;

import io.guildhall.domain.profile.Showcase;
import io.guildhall.domain.profile.Showcase.Availability;
import io.guildhall.domain.profile.Showcase.Language;
import io.guildhall.domain.profile.Showcase.Work;
import java.util.List;
import java.util.Optional;

/** Builds the showcase of a profile, empty at first. A test names only the attributes that it depends on. */
public final class ShowcaseBuilder {
    private List<Language> languages = List.of();
    private Optional<Availability> availability = Optional.empty();
    private String location = "";
    private List<String> links = List.of();
    private Optional<String> picture = Optional.empty();
    private List<Work> portfolio = List.of();

    private ShowcaseBuilder() {}

    public static ShowcaseBuilder aShowcase() {
        return new ShowcaseBuilder();
    }

    public ShowcaseBuilder withLanguages(Language... values) {
        languages = List.of(values);
        return this;
    }

    public ShowcaseBuilder withAvailability(Availability value) {
        availability = Optional.of(value);
        return this;
    }

    public ShowcaseBuilder withLocation(String value) {
        location = value;
        return this;
    }

    public ShowcaseBuilder withLinks(String... values) {
        links = List.of(values);
        return this;
    }

    public ShowcaseBuilder withPicture(String key) {
        picture = Optional.of(key);
        return this;
    }

    public ShowcaseBuilder withPortfolio(Work... values) {
        portfolio = List.of(values);
        return this;
    }

    public Showcase build() {
        return new Showcase(languages, availability, location, links, picture, portfolio);
    }
}
