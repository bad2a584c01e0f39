package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.http.route.Price;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** What a person says of themselves. */
public record ProfileEdit(
        @NotNull @Size(max = 120) String headline,
        @NotNull @Size(max = 5_000) String bio,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> skills,
        @Valid Price hourlyRate) {
    public ProfileDetails details() {
        return new ProfileDetails(
                headline, bio, skills, Optional.ofNullable(hourlyRate).map(Price::money));
    }
}
