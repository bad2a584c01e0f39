package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.Price;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.PlainText;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The content of a profile, as it is edited. An edit replaces all fields; a field that is left out is removed.
 *
 * @param location free text, such as "Lisbon, or remote"
 * @param picture the key of one of the account's uploaded files
 */
public record ProfileFields(
        @NotNull @SingleLine(max = 120) String headline,
        @NotNull @Paragraphs(max = 5_000) String bio,

        @NotNull @Size(max = 20)
        List<@NotBlank @SingleLine(max = 40) @Pattern(regexp = Formats.NO_COMMA) String> skills,

        Optional<@Valid Price> hourlyRate,
        Optional<@Size(max = 12) List<@NotNull @Valid LanguageFields>> languages,
        Optional<@Valid AvailabilityFields> availability,
        Optional<@SingleLine(max = 120) String> location,
        Optional<@Size(max = 10) List<@NotNull @PlainText(max = 300) @Pattern(regexp = Formats.SECURE_ADDRESS) String>>
                links,
        Optional<@PlainText(max = 200) String> picture,
        Optional<@Size(max = 20) List<@NotNull @Valid WorkFields>> portfolio) {

    /** @param code ISO 639-1, such as {@code de} */
    public record LanguageFields(
            @NotNull @Pattern(regexp = Formats.LANGUAGE) String code,

            @NotNull Showcase.Language.Level level) {}

    /** @param from the first available day; defaults to today */
    public record AvailabilityFields(
            @NotNull Showcase.Availability.State state,
            Optional<@Min(1) @Max(80) Integer> hoursPerWeek,
            Optional<LocalDate> from) {
        private Showcase.Availability availability() {
            return new Showcase.Availability(
                    state, hoursPerWeek.map(OptionalInt::of).orElseGet(OptionalInt::empty), from);
        }
    }

    /** @param files keys of the account's uploaded files, in display order */
    public record WorkFields(
            @NotBlank @SingleLine(max = 120) String title,
            @NotNull @Paragraphs(max = 2_000) String text,
            Optional<@PlainText(max = 300) @Pattern(regexp = Formats.SECURE_ADDRESS) String> link,
            Optional<@Size(max = 10) List<@NotBlank @PlainText(max = 200) String>> files) {
        private Showcase.Work work() {
            return new Showcase.Work(title, text, link, files.orElse(List.of()));
        }
    }

    public ProfileDetails details() {
        var showcase = new Showcase(
                languages.orElse(List.of()).stream()
                        .map(it -> new Showcase.Language(it.code(), it.level()))
                        .toList(),
                availability.map(AvailabilityFields::availability),
                location.orElse(""),
                links.orElse(List.of()),
                picture,
                portfolio.orElse(List.of()).stream().map(WorkFields::work).toList());
        return new ProfileDetails(
                headline,
                bio,
                skills,
                hourlyRate.map(Price::money),
                Optional.of(showcase).filter(it -> !it.equals(Showcase.EMPTY)));
    }
}
