package io.guildhall.operate;

import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.account.RegisterAccount;
import io.guildhall.http.route.gig.GigFields;
import io.guildhall.http.route.job.JobFields;
import io.guildhall.http.route.profile.ProfileFields;
import io.guildhall.http.text.Password;
import io.guildhall.http.text.PersonName;
import io.guildhall.kernel.EmailAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * Users of a demo marketplace with their gigs and jobs. Their ids contain {@code seed-}, which generated ids never do,
 * so they cannot clash.
 *
 * @param password the password of all these users
 */
public record SeedBatch(
        @NotBlank @Password String password,
        @NotEmpty @Size(max = 50) List<@NotNull @Valid User> users) {

    public record User(
            @NotNull @Pattern(regexp = Formats.SEEDED_ACCOUNT_ID)
            String id,

            @NotNull EmailAddress email,
            @NotBlank @PersonName String name,

            @NotBlank @Pattern(regexp = Formats.COUNTRY) String country,

            @NotEmpty @Size(max = 2) List<RegisterAccount.@NotNull Role> roles,
            Optional<@Valid ProfileFields> profile,
            @NotNull @Size(max = 100) List<@NotNull @Valid Gig> gigs,
            @NotNull @Size(max = 100) List<@NotNull @Valid Job> jobs) {}

    public record Gig(
            @NotNull @Pattern(regexp = Formats.SEEDED_GIG_ID)
            String id,

            @NotNull @Valid GigFields gig) {}

    public record Job(
            @NotNull @Pattern(regexp = Formats.SEEDED_JOB_ID)
            String id,

            @NotNull @Valid JobFields job) {}
}
