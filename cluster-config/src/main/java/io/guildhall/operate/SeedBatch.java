package io.guildhall.operate;

import io.guildhall.http.route.account.RegisterAccount;
import io.guildhall.http.route.gig.GigFields;
import io.guildhall.http.route.job.JobFields;
import io.guildhall.http.route.profile.ProfileFields;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Some people of a demo marketplace with what they post. Their identities begin with {@code seed-}, as none that the house mints does, and so
 * cannot be those of anything else.
 *
 * @param password of all of them
 */
public record SeedBatch(
        @NotBlank @Size(min = 10, max = 200) String password,
        @NotEmpty @Size(max = 50) List<@NotNull @Valid Person> people) {

    /** @param profile nothing where they say nothing of themselves */
    public record Person(
            @NotNull @Pattern(regexp = "acc_seed-[0-9a-z-]{1,50}")
            String id,

            @NotBlank @Email @Size(max = 254) String email,
            @NotBlank @Size(max = 80) String name,
            @NotBlank @Pattern(regexp = "[A-Z]{2}") String country,
            @NotEmpty @Size(max = 2) List<RegisterAccount.@NotNull Role> roles,
            @Valid ProfileFields profile,
            @NotNull @Size(max = 100) List<@NotNull @Valid Gig> gigs,
            @NotNull @Size(max = 100) List<@NotNull @Valid Job> jobs) {}

    public record Gig(
            @NotNull @Pattern(regexp = "gig_seed-[0-9a-z-]{1,50}")
            String id,

            @NotNull @Valid GigFields gig) {}

    public record Job(
            @NotNull @Pattern(regexp = "job_seed-[0-9a-z-]{1,50}")
            String id,

            @NotNull @Valid JobFields job) {}
}
