package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.http.route.Price;
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
        @NotNull @Size(max = 120) String headline,
        @NotNull @Size(max = 5_000) String bio,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> skills,
        @Valid Price hourlyRate,
        @Size(max = 12) List<@NotNull @Valid LanguageFields> languages,
        @Valid AvailabilityFields availability,
        @Size(max = 120) String location,
        @Size(max = 10) List<@NotNull @Size(max = 300) @Pattern(regexp = "https://\\S+") String> links,
        @Size(max = 200) String picture,
        @Size(max = 20) List<@NotNull @Valid WorkFields> portfolio) {

    /** @param code ISO 639-1, such as {@code de} */
    public record LanguageFields(
            @NotNull @Pattern(regexp = "[a-z]{2}") String code,
            @NotNull Showcase.Language.Level level) {}

    /** @param from the first available day; today if it is left out */
    public record AvailabilityFields(
            @NotNull Showcase.Availability.State state,
            @Min(1) @Max(80) Integer hoursPerWeek,
            LocalDate from) {
        private Showcase.Availability availability() {
            var hours = hoursPerWeek == null ? OptionalInt.empty() : OptionalInt.of(hoursPerWeek);
            return new Showcase.Availability(state, hours, Optional.ofNullable(from));
        }
    }

    /** @param files keys of the account's uploaded files, in display order */
    public record WorkFields(
            @NotBlank @Size(max = 120) String title,
            @NotNull @Size(max = 2_000) String text,

            @Size(max = 300) @Pattern(regexp = "https://\\S+")
            String link,

            @Size(max = 10) List<@NotBlank @Size(max = 200) String> files) {
        private Showcase.Work work() {
            return new Showcase.Work(title, text, Optional.ofNullable(link), orEmpty(files));
        }
    }

    public ProfileDetails details() {
        var showcase = new Showcase(
                orEmpty(languages).stream()
                        .map(it -> new Showcase.Language(it.code(), it.level()))
                        .toList(),
                Optional.ofNullable(availability).map(AvailabilityFields::availability),
                Optional.ofNullable(location).orElse(""),
                orEmpty(links),
                Optional.ofNullable(picture),
                orEmpty(portfolio).stream().map(WorkFields::work).toList());
        return new ProfileDetails(
                headline,
                bio,
                skills,
                Optional.ofNullable(hourlyRate).map(Price::money),
                Optional.of(showcase).filter(it -> !it.equals(Showcase.EMPTY)));
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }
}
